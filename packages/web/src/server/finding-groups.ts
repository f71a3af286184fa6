import type { Finding } from "@taproot/awareness";
import type { Selection } from "@taproot/engine";
import { type Estimate, isAbsent } from "@taproot/statistics";
import type { GroupShare } from "../charts/group-shares.ts";
import { csv } from "../words/csv.ts";
import { groupName, labelOf, unknownLast } from "../words/cuts.ts";
import type { LoadedData } from "./loaded-data.ts";

/**
 * Every group of a finding's characteristic at its step, with the finding's own group marked. For a pair of
 * characteristics: the other groups of each among those who are in the finding's group of the other. Where the step has no
 * such table, the group and those it is compared with.
 */
export function findingGroups(
  data: LoadedData,
  finding: Finding,
  selection: Selection,
): readonly GroupShare[] {
  const cut = Object.entries(finding.cut);
  const groups = cut.flatMap(([name, focus], position) => {
    const others = cut.filter((_, index) => index !== position);
    const within: Selection = {
      ...selection,
      ...Object.fromEntries(others.map(([key, group]) => [key, [group]])),
    };
    const label = cut.length > 1 ? labelOf(name, data.about.characteristics) : undefined;
    const also = others.map(([key, group]) =>
      groupName(group, labelOf(key, data.about.characteristics)),
    );
    return groupsOf(data, finding, name, within, focus)
      .filter((group) => position === 0 || !group.focus)
      .map((group) =>
        label ? { ...group, name: [groupName(group.name, label), ...also].join(" + ") } : group,
      );
  });
  return groups.some((group) => group.focus) ? groups : pair(finding);
}

function groupsOf(
  data: LoadedData,
  finding: Finding,
  name: string,
  within: Selection,
  focus: string,
): readonly GroupShare[] {
  switch (finding.measure) {
    case "seenBy":
      return waitGroups(data, finding, name, within, focus);
    case "waitingUnder":
      return [];
    default:
      return reachGroups(data, finding, name, within, focus);
  }
}

function reachGroups(
  data: LoadedData,
  finding: Finding,
  name: string,
  within: Selection,
  focus: string,
): readonly GroupShare[] {
  return unknownLast(data.reach(name, within).groups).flatMap(({ group, steps }) => {
    const step = steps.find((one) => one.step === finding.step);
    if (!step) return [];
    return [
      {
        name: group.name,
        ...(isAbsent(step.share) ? {} : { share: step.share }),
        reached: isAbsent(step.share) ? step.reached : step.share.reached,
        denominator: isAbsent(step.share) ? step.reached + step.lost : step.share.denominator,
        unknown: group.unknown === true,
        focus: group.name === focus,
      },
    ];
  });
}

/** Findings about waits are of those accepted, where acceptance is recorded, so that a gap there is not told twice. */
function waitGroups(
  data: LoadedData,
  finding: Finding,
  name: string,
  within: Selection,
  focus: string,
): readonly GroupShare[] {
  const waitingPopulation = data.about.steps.includes("accepted") ? "accepted" : "referred";
  return unknownLast(data.waits(name, within, waitingPopulation).groups).flatMap(
    ({ group, people, seenBy }) => {
      const chance = seenBy.find((one) => one.weeks === finding.horizonWeeks)?.chance;
      if (!chance) return [];
      const share: Estimate | undefined = isAbsent(chance) ? undefined : chance;
      return [
        {
          name: group.name,
          ...(share ? { share } : {}),
          reached: share ? Math.round(share.value * people) : 0,
          denominator: people,
          unknown: group.unknown === true,
          focus: group.name === focus,
        },
      ];
    },
  );
}

function pair(finding: Finding): readonly GroupShare[] {
  const { group, others, reference } = finding;
  return [
    { name: "This group", ...sizes(group), unknown: false, focus: true },
    {
      name: (reference[0]?.toUpperCase() ?? "") + reference.slice(1),
      ...sizes(others),
      unknown: false,
      focus: false,
    },
  ];
}

function sizes(share: Finding["group"]) {
  return { share, reached: share.reached, denominator: share.denominator };
}

/** The groups of a finding as a file. */
export function findingGroupsCsv(groups: readonly GroupShare[]): string {
  return csv(
    ["group", "reached", "of", "share", "lower", "upper", "in this finding"],
    groups.map((group) => [
      group.name,
      group.reached,
      group.denominator,
      group.share?.value ?? "too few",
      group.share?.lower,
      group.share?.upper,
      group.focus ? "yes" : "no",
    ]),
  );
}
