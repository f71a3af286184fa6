import { parseArgs } from "node:util";
import { type Finding, type FindingStep, type FindingsReport, findings } from "@taproot/awareness";
import { type Dataset, readCounts, type Selection } from "@taproot/engine";
import { STEPS } from "@taproot/model";
import { isAbsent } from "@taproot/statistics";
import type { ExitCode, Io } from "../command.ts";
import { openDataset, workspaceFolder } from "../workspace-folder.ts";

const USAGE = `Usage: taproot findings [options]

Whom the service misses: every group and every pair of groups at every step, ranked by the people surely affected.

  --top N                      only the first N
  --by CHARACTERISTIC          compare only this characteristic; may be repeated
  --step STEP                  only this step: referred, accepted, seen, completed, improved or wait
  --where NAME=GROUP           only these people; may be repeated
  --workspace DIR              the folder that holds the open data
  --json                       print one JSON object
`;

const FINDING_STEPS: readonly string[] = [...STEPS.slice(1), "wait"];

/** `taproot findings`: `argv` is what follows the word findings. */
export async function findingsCommand(argv: readonly string[], io: Io): Promise<ExitCode> {
  const asked = readArguments(argv);
  if ("problem" in asked) {
    io.stderr.write(`${asked.problem} Run taproot findings --help to see how.\n`);
    return 2;
  }
  if (asked.help) {
    io.stdout.write(USAGE);
    return 0;
  }
  const dataset = await openDataset(workspaceFolder(asked.workspace, io));
  const counts = await readCounts(dataset);
  // Naming what to compare may name a filter, which people's own cells do not hold.
  const { cube, selection } =
    asked.by.length > 0 ? counts.over(asked.by, asked.selection) : counts.part(asked.selection);
  const report = findings(cube, {
    ...(asked.by.length > 0 ? { by: asked.by } : {}),
    ...(asked.step ? { step: asked.step } : {}),
    ...(asked.top === undefined ? {} : { top: asked.top }),
    selection,
  });
  const data = { ...report.data, ...dataset.manifest.data };
  io.stdout.write(
    asked.json ? `${asJson({ ...report, data })}\n` : asText({ ...report, data }, dataset),
  );
  return 0;
}

interface FindingsArguments {
  readonly help: boolean;
  readonly json: boolean;
  readonly top?: number;
  readonly by: readonly string[];
  readonly step?: FindingStep;
  readonly selection: Selection;
  readonly workspace?: string;
}

function readArguments(argv: readonly string[]): FindingsArguments | { readonly problem: string } {
  try {
    const { values } = parseArgs({
      args: [...argv],
      options: {
        top: { type: "string" },
        by: { type: "string", multiple: true, default: [] },
        step: { type: "string" },
        where: { type: "string", multiple: true, default: [] },
        workspace: { type: "string" },
        json: { type: "boolean", default: false },
        help: { type: "boolean", short: "h", default: false },
      },
    });
    const top = values.top === undefined ? undefined : Number(values.top);
    if (top !== undefined && !(Number.isInteger(top) && top > 0))
      return { problem: `--top takes a whole number above 0, not “${values.top}”.` };
    if (values.step !== undefined && !FINDING_STEPS.includes(values.step))
      return {
        problem: `There is no step “${values.step}”. There are: ${FINDING_STEPS.join(", ")}.`,
      };
    const selection: Record<string, string[]> = {};
    for (const condition of values.where) {
      const equals = condition.indexOf("=");
      if (equals < 1) return { problem: `--where takes NAME=GROUP, not “${condition}”.` };
      const name = condition.slice(0, equals);
      selection[name] = [...(selection[name] ?? []), condition.slice(equals + 1)];
    }
    return {
      help: values.help,
      json: values.json,
      by: values.by.flatMap((list) => list.split(",")),
      selection,
      ...(top === undefined ? {} : { top }),
      ...(values.step === undefined ? {} : { step: values.step as FindingStep }),
      ...(values.workspace === undefined ? {} : { workspace: values.workspace }),
    };
  } catch (error) {
    return { problem: `${(error as Error).message}.` };
  }
}

function asJson(report: FindingsReport): string {
  const { data, findings: found, quiet, comparisons, tooFew } = report;
  return JSON.stringify({
    data: {
      records: data.records,
      quarantined: data.quarantined,
      duplicates: data.duplicates,
      from: data.from ?? null,
      to: data.to ?? null,
      asOf: data.asOf ?? null,
      ...(data.waitingAt === undefined ? {} : { waitingAt: data.waitingAt }),
    },
    findings: found,
    quiet,
    comparisons,
    tooFew,
  });
}

function certainty({ q, signKnown }: Finding, comparisons: number): string {
  const rare =
    q < 0.001
      ? "a gap this size would hardly ever appear by chance"
      : "a gap this size would rarely appear by chance";
  const unknown = signKnown ? "" : " People whose group is not recorded could turn its direction.";
  return `${rare} among the ${comparisons.toLocaleString("en-GB")} comparisons made.${unknown}`;
}

function asText(report: FindingsReport, { manifest }: Dataset): string {
  const number = (value: number) => value.toLocaleString("en-GB");
  const { data } = report;
  const lines = [
    `${manifest.synthetic ? "Synthetic demonstration data. " : ""}${number(data.records)} records, ${number(data.quarantined)} rows set aside, ${number(data.duplicates)} duplicates${data.asOf ? `, as of ${data.asOf}` : ""}.`,
    "",
  ];
  report.findings.forEach((finding, i) => {
    lines.push(
      `${i + 1}. ${finding.sentence}`,
      `   Sure: ${certainty(finding, report.comparisons)}`,
    );
    const slope = finding.gradient?.slope;
    if (finding.gradient?.bent)
      lines.push("   Gradient: the groups do not lie on a straight line; look at each of them.");
    else if (slope && !isAbsent(slope))
      lines.push(
        `   Gradient: ${slope.value.toFixed(1)} points from the most to the least deprived end (${slope.lower.toFixed(1)} to ${slope.upper.toFixed(1)}).`,
      );
    lines.push("");
  });
  if (report.findings.length === 0)
    lines.push("No gap was found that is larger than chance allows.", "");
  if (report.quiet.length > 0)
    lines.push("What was not found:", ...report.quiet.map(({ sentence }) => `- ${sentence}`), "");
  return lines.join("\n");
}
