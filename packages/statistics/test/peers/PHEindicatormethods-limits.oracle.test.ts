import { existsSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { byarLimits, isAbsent, proportion } from "../../src/index.ts";
import { asShare, frameOf, numbersOf, type PeerCase, readCases } from "./peer-frames.ts";

// The limits of PHEindicatormethods 2.1.1 by themselves.
const folder = join(import.meta.dirname, "../../../../../shared/cases/peers/PHEindicatormethods");
const there = existsSync(folder);

test.skipIf(!there)("Wilson and Byar limits (needs ../shared)", () => {
  const counts = { numbers: 0, refused: 0 };
  for (const fn of ["wilson_lower", "wilson_upper", "byars_lower", "byars_upper"])
    for (const { id, expect: kind, expected, calls } of readCases<PeerCase>(folder, `${fn}.json`)) {
      const call = calls[0];
      const frame = frameOf(folder, expected);
      if (/error|warning|message/.test(kind) || call === undefined || frame === undefined) continue;
      const xs = numbersOf(frame, call.args.x);
      const ns = numbersOf(frame, call.args.n ?? null);
      const confidence = asShare(Number(call.args.confidence ?? 0.95));
      const wanted = Object.values(frame.columns)[0] ?? [];
      if (confidence === 1) {
        counts.refused++;
        continue;
      }
      const side = fn.endsWith("lower") ? "lower" : "upper";
      wanted.forEach((cell, i) => {
        const x = xs[i] as number;
        const limits = fn.startsWith("wilson")
          ? proportion(x, ns[i] as number, { confidence })
          : byarLimits(x, { confidence });
        if (isAbsent(limits)) throw new Error(limits.message);
        expect(limits[side], `${id} ${i}`).toBeCloseTo(cell as number, 9);
        counts.numbers++;
      });
    }
  // Refused: a confidence of 1, for which the package reads 100 %.
  expect(counts).toEqual({ numbers: 30, refused: 2 });
});
