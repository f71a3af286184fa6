import {
  type AreaLevel,
  LEVEL_WORDS,
  UNSEEN_IN_SMALL_AREAS,
  type UseByArea,
} from "@taproot/awareness";
import type { AreaProfiles, Neighbourhood } from "@taproot/place";
import { count, counted, percent } from "../words/numbers.ts";
import { listed } from "./need-words.ts";

interface NeedLevelsProps {
  readonly byArea: UseByArea;
  readonly levels: readonly UseByArea[];
  readonly profiles: AreaProfiles;
  readonly addressOf: (level: AreaLevel) => string;
}

/** How finely to look at the catchment, what each way of looking could show, and what the areas are. */
export function NeedLevels({ byArea, levels, profiles, addressOf }: NeedLevelsProps) {
  return (
    <>
      {levels.length > 1 && (
        <nav class="need-levels" aria-label="How finely to look">
          <ul class="need-levels__list">
            {levels.map((each) => (
              <li>
                {each.level === byArea.level ? (
                  <strong aria-current="true">{nameOf(each)}</strong>
                ) : (
                  <a href={addressOf(each.level)}>{nameOf(each)}</a>
                )}
                <small class="need-levels__seen">{seenIn(each)}</small>
              </li>
            ))}
          </ul>
          <p class="nhsuk-hint need-levels__hint">
            Unless you choose, this page starts with small areas where enough referrals are expected
            for a shortfall of {percent(UNSEEN_IN_SMALL_AREAS)} to show in one, and with larger ones
            where not.
          </p>
        </nav>
      )}
      {byArea.level === "neighbourhood" && (
        <p class="nhsuk-body">
          {neighbourhoodsInWords(profiles)}
          {byArea.alone > 0 &&
            ` ${counted(byArea.alone, "small area stands", "small areas stand")} by ${byArea.alone === 1 ? "itself" : "themselves"}, because nothing that was added tells ${byArea.alone === 1 ? "its" : "their"} neighbourhood.`}
        </p>
      )}
      {byArea.level === "district" && byArea.alone > 0 && (
        <p class="nhsuk-body">
          {counted(byArea.alone, "small area stands", "small areas stand")} by themselves, because
          no lookup that was added holds their district.
        </p>
      )}
    </>
  );
}

function nameOf({ level, areas }: UseByArea): string {
  const [one, many] = LEVEL_WORDS[level];
  return `${count(areas.length)} ${level === "smallArea" ? "small " : ""}${areas.length === 1 ? one : many}`;
}

function seenIn({ usual }: UseByArea): string {
  if (!usual) return "too few referrals expected in any to say";
  const where = `in one of usual size (${counted(Math.round(usual.expected), "referral")} expected)`;
  return usual.smallestGap === undefined
    ? `no shortfall could show ${where}`
    : `a shortfall under ${percent(usual.smallestGap)} would not show ${where}`;
}

/** What a neighbourhood is here, and how that is known. */
function neighbourhoodsInWords({ areas, names, neighbourhoods }: AreaProfiles): string {
  const known = neighbourhoods.filter((one) => one !== undefined);
  const kinds = [...new Set(known.map(({ kind }) => kind))].filter(
    (kind) => kind !== "neighbourhood",
  );
  const what =
    kinds.length > 0 ? [`Neighbourhoods are ${listed(kinds.map((kind) => `${kind}s`))}.`] : [];
  const first = (from: Neighbourhood["from"]) =>
    neighbourhoods.findIndex((one) => one?.from === from);
  const example = (row: number, called: string | undefined) =>
    `: ${called ?? areas[row]} is in ${neighbourhoods[row]!.name}.`;
  const [lookup, name, code] = [first("lookup"), first("name"), first("code")];
  const which =
    kinds.length > 0
      ? "Which one a small area is in is"
      : "Which neighbourhood a small area is in is";
  return [
    ...what,
    ...(lookup >= 0 ? [`${which} from the published lookup${example(lookup, names[lookup])}`] : []),
    ...(name >= 0 ? [`${which} read from its name${example(name, names[name])}`] : []),
    ...(code >= 0 ? [`${which} read from its code${example(code, areas[code])}`] : []),
  ].join(" ");
}
