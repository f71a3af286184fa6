import { measureCommand } from "../../src/measure/index.ts";

/** Runs `taproot measure …` over a table given as text; what it printed and its exit code. */
export async function runMeasure(argv: readonly string[], table?: string) {
  let stdout = "";
  let stderr = "";
  const code = await measureCommand(argv, {
    stdout: { write: (text) => (stdout += text) },
    stderr: { write: (text) => (stderr += text) },
    readFile: async () => {
      if (table === undefined) throw new Error("ENOENT");
      return new TextEncoder().encode(table);
    },
  });
  return { code, stdout, stderr };
}

interface AnyResult {
  readonly [key: string]: string | number;
  readonly value: number;
  readonly lower: number;
  readonly upper: number;
  readonly absent: string;
  readonly message: string;
}

/** The results that `taproot measure NAME --json …` gives for a table. */
export async function measured(name: string, table: string, ...flags: string[]) {
  const { code, stdout, stderr } = await runMeasure(
    [name, "--input", "table.csv", "--json", ...flags],
    table,
  );
  const answer = stdout === "" ? { measure: "", method: "", results: [] } : JSON.parse(stdout);
  return {
    code,
    stderr,
    measure: answer.measure as string,
    method: answer.method as string,
    results: answer.results as AnyResult[],
  };
}
