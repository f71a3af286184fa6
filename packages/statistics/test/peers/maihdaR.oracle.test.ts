import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { isAbsent } from "../../src/foundation/estimate.ts";
import { maihda } from "../../src/intersections/index.ts";

// maihdaR asserts only ranges (finite, at least 1, between 0 and 1); the values that its calls gave were recorded,
// and are reached here by fitting its data again with Laplace, as it does.

const folder = join(import.meta.dirname, "../../../../../shared/cases/peers/maihdaR");
const there = existsSync(folder);
// biome-ignore lint/suspicious/noExplicitAny: recorded R calls have no schema.
type Recorded = any;

function fit(csv: string, names: string[]) {
  const [head, ...lines] = readFileSync(join(folder, csv), "utf8").trim().split("\n");
  const cells = (line: string) => line.split(",").map((cell) => cell.replaceAll('"', ""));
  const columns = cells(head as string);
  const at = names.map((name) => columns.indexOf(name));
  const y = columns.indexOf("y");
  const strata = new Map<string, { codes: string[]; events: number; n: number }>();
  for (const line of lines) {
    const row = cells(line);
    const codes = at.map((i) => row[i] as string);
    const key = codes.join();
    const stratum = strata.get(key) ?? { codes, events: 0, n: 0 };
    stratum.n++;
    stratum.events += Number(row[y]);
    strata.set(key, stratum);
  }
  const rows = [...strata.values()];
  const result = maihda(
    {
      events: rows.map((r) => r.events),
      denominators: rows.map((r) => r.n),
      characteristics: Object.fromEntries(
        names.map((name, i) => [name, rows.map((r) => r.codes[i] as string)]),
      ),
    },
    { points: 1, minimumStrata: 12 },
  );
  if (isAbsent(result)) throw new Error(result.message);
  return result;
}
const names = ["ethnicity", "gender", "class"];
const relative = (actual: unknown, expected: number) =>
  expect(Math.abs((actual as number) / expected - 1)).toBeLessThan(2e-4);

test.skipIf(!there)(
  "what was recorded is reached, in the ranges that are asserted (needs ../shared)",
  () => {
    const seen: string[] = [];
    const recorded: Record<string, (result: ReturnType<typeof fit>) => unknown> = {
      "vpc(mA)": (m) => m.null.vpc,
      "vpc(mB)": (m) => m.main.vpc,
      "pcv(mA, mB)": (m) => m.main.pcv,
      "mor(mB)": (m) => m.main.medianOddsRatio,
    };
    let other = 0;
    for (const file of readdirSync(folder).filter((f) => f.endsWith(".json")))
      for (const c of JSON.parse(readFileSync(join(folder, file), "utf8")).cases as Recorded[]) {
        const [call] = c.calls;
        const value = call && recorded[call.call];
        if (value && typeof call.result === "number") {
          const model = call.args.object ?? call.args[Object.keys(call.args)[0] as string];
          relative(value(fit(model.value.data.$csv, names)), call.result);
          seen.push(c.id);
          continue;
        }
        const metrics = call?.result?.value?.metrics?.data;
        if (call?.fn === "maihda_sequence" && !call.args.contexts) {
          const m = fit(call.args.data.$csv, names);
          [m.null, m.main].forEach((step, i) => {
            relative(step.model.variance, metrics.var_u[i]);
            relative(step.vpc, metrics.VPC[i]);
            relative(step.medianOddsRatio, metrics.MOR[i]);
            expect(step.auc).toBeCloseTo(metrics.AUC[i], 6);
          });
          relative(m.main.pcv, metrics.PCV[1]);
          expect(m.strata).toBe(metrics.J[0]);
          seen.push(c.id);
        } else other++;
      }
    expect(seen).toHaveLength(7);
    // Left out: classes of R objects (3), a second crossed random effect for region (2 more), and a bare check that a
    // change in variance is not negative, which is no rule: it may be.
    expect(other).toBe(5);
  },
);
