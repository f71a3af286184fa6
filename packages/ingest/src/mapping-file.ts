import { readFile, rename, writeFile } from "node:fs/promises";
import { basename } from "node:path";
import { COUNT_FIELDS, DATE_FORMATS, FIELDS, type Mapping, TaprootError } from "@taproot/model";
import * as v from "valibot";

const role = v.variant("role", [
  v.object({
    role: v.literal("field"),
    field: v.picklist(FIELDS),
    dates: v.exactOptional(v.picklist(DATE_FORMATS)),
  }),
  v.object({
    role: v.literal("characteristic"),
    characteristic: v.pipe(v.string(), v.minLength(1)),
  }),
  v.object({ role: v.literal("count"), count: v.picklist(COUNT_FIELDS) }),
  v.object({
    role: v.literal("waitBand"),
    band: v.object({
      fromWeeks: v.pipe(v.number(), v.minValue(0)),
      toWeeks: v.exactOptional(v.pipe(v.number(), v.minValue(0))),
    }),
  }),
  v.object({ role: v.literal("ignored") }),
  v.object({ role: v.literal("identifying"), looksLike: v.string() }),
]);

const reading = {
  higherIsBetter: v.boolean(),
  smallestChange: v.pipe(v.number(), v.minValue(0)),
  source: v.exactOptional(v.string()),
};

const mapping = v.object({
  version: v.literal(1),
  kind: v.picklist(["records", "counts"]),
  columns: v.array(v.object({ column: v.string(), as: role })),
  outcome: v.exactOptional(
    v.object({
      ...reading,
      instruments: v.exactOptional(
        v.array(v.object({ instrument: v.pipe(v.string(), v.minLength(1)), ...reading })),
      ),
    }),
  ),
  units: v.exactOptional(v.string()),
  confirmed: v.boolean(),
});

/** Checks that what came from a file or a form is a mapping. */
export function parseMapping(value: unknown): Mapping {
  const parsed = v.safeParse(mapping, value);
  if (parsed.success) return parsed.output;
  const [issue] = parsed.issues;
  const where = v.getDotPath(issue) ?? "the top";
  throw new TaprootError(
    "badMapping",
    `The mapping is not right at ${where}: ${issue.message}. Correct it, or leave it out to have one proposed.`,
  );
}

/** Writes a mapping as a file that a person can read and edit: one line a column. */
export async function saveMapping(path: string, saved: Mapping): Promise<void> {
  const { columns, ...rest } = saved;
  const lines = columns.map((column) => `  ${JSON.stringify(column)}`).join(",\n");
  const head = Object.entries(rest).map(
    ([key, value]) => ` ${JSON.stringify(key)}: ${JSON.stringify(value)},\n`,
  );
  const fresh = `${path}.new`;
  await writeFile(fresh, `{\n${head.join("")} "columns": [\n${lines}\n ]\n}\n`, { mode: 0o600 });
  await rename(fresh, path);
}

/** Reads a saved mapping; undefined when there is none yet. */
export async function readMapping(path: string): Promise<Mapping | undefined> {
  let text: string;
  try {
    text = await readFile(path, "utf8");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw error;
  }
  try {
    return parseMapping(JSON.parse(text));
  } catch (error) {
    if (error instanceof TaprootError)
      throw new TaprootError(error.code, `“${basename(path)}”: ${error.message}`, { cause: error });
    throw new TaprootError(
      "badMapping",
      `“${basename(path)}” is not a mapping: it is not valid JSON. Correct it, or delete it to have one proposed.`,
      { cause: error },
    );
  }
}
