import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { countRecords, readCounts } from "@taproot/engine";
import { openDuckDb } from "@taproot/engine-duckdb";
import { inspectFiles, openFiles } from "@taproot/ingest";
import { isAbsent, type Result } from "@taproot/statistics";
import { expect, test } from "vitest";
import { betweenServices, leakByStep, lossReasons, reasonName } from "../../src/index.ts";

interface Row {
  readonly sex: "F" | "M";
  readonly service: string;
  readonly accepted: boolean;
  readonly declined: string;
  readonly seen: boolean;
  readonly left: string;
  readonly completed: boolean;
  readonly open: boolean;
}

function some<T>(result: Result<T>): T {
  if (isAbsent(result)) throw new Error(result.message);
  return result as T;
}

/** A list of referrals as a record system gives it, in which women are declined more often for one reason. */
function referrals(): Row[] {
  let state = 11;
  const random = () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
  return Array.from({ length: 900 }, (): Row => {
    const sex = random() < 0.5 ? "F" : "M";
    const service = random() < (sex === "F" ? 0.7 : 0.4) ? "Hill clinic" : "River clinic";
    const chance = (sex === "F" ? 0.68 : 0.85) - (service === "Hill clinic" ? 0.1 : 0);
    const accepted = random() < chance;
    const criteria = random() < 0.6;
    const seen = accepted && random() < 0.85;
    const completed = seen && random() < 0.8;
    return {
      sex,
      service,
      accepted,
      declined: accepted ? "" : criteria ? "Not within criteria" : "Not enough information",
      seen,
      left: accepted && !completed ? (random() < 0.5 ? "Moved away" : "No reply") : "",
      completed,
      open: accepted && !completed && random() < 0.2,
    };
  });
}

test("from a file to the answer: the same as counting its rows by hand", async () => {
  const rows = referrals();
  const lines = rows.map(({ sex, service, accepted, declined, seen, left, completed, open }, i) =>
    [
      `R${i}`,
      "04/03/2025",
      service,
      sex,
      accepted ? "11/03/2025" : "",
      declined ? "12/03/2025" : "",
      declined,
      seen ? "22/04/2025" : "",
      completed ? "30/06/2025" : "",
      left && !open ? "14/07/2025" : "",
      left && !open ? left : "",
    ].join(","),
  );
  const header =
    "Referral ID,Date of referral,Service,Sex,Date accepted,Date declined,Reason declined,Date of first contact,Date completed,Date removed,Reason removed";
  const folder = await mkdtemp(join(tmpdir(), "taproot-why-"));
  try {
    const path = join(folder, "referrals.csv");
    await writeFile(path, `${[header, ...lines].join("\n")}\n`);
    const files = [{ path }];
    const { mapping } = await inspectFiles(files, { folder, openEngine: openDuckDb });
    const dataset = await openFiles({
      files,
      mapping,
      workspace: join(folder, "workspace"),
      openEngine: openDuckDb,
    });
    const counts = await readCounts(dataset);
    const cube = counts.over(counts.description.characteristics.map(({ name }) => name)).cube;
    const cut = { sex: "Female" };

    // By hand.
    const of = (sex: Row["sex"], keep: (row: Row) => boolean = () => true) =>
      rows.filter((row) => row.sex === sex && keep(row)).length;
    const reachesOf = (sex: Row["sex"]) => {
      const took = of(sex, (row) => row.accepted);
      const met = of(sex, (row) => row.seen);
      const waiting = of(sex, (row) => row.accepted && !row.seen && row.open);
      const done = of(sex, (row) => row.completed);
      const treated = of(sex, (row) => row.seen && !row.completed && row.open);
      return [took / of(sex), met / (took - waiting), done / (met - treated)] as const;
    };
    const [women, men] = [reachesOf("F"), reachesOf("M")];
    const leak = some(leakByStep(cube, { cut }));
    const [a1, a2, a3] = men;
    const [b1, b2, b3] = women;
    // Das Gupta's formula for three factors.
    const part = (b: number, a: number, [p, q]: [number, number], [r, s]: [number, number]) =>
      (b - a) * ((p * r + q * s) / 3 + (p * s + q * r) / 6);
    expect(leak.steps.map(({ people }) => people.value)).toEqual(
      [
        part(b1, a1, [b2, a2], [b3, a3]),
        part(b2, a2, [b1, a1], [b3, a3]),
        part(b3, a3, [b1, a1], [b2, a2]),
      ].map((value) => expect.closeTo(of("F") * value, 9)),
    );
    expect(leak.people.value).toBeCloseTo(of("F") * (b1 * b2 * b3 - a1 * a2 * a3), 9);

    const split = some(betweenServices(cube, { cut }, { step: "accepted", by: "service" }));
    const at = (sex: Row["sex"], service: string) => {
      const sent = of(sex, (row) => row.service === service);
      return {
        share: sent / of(sex),
        rate: of(sex, (row) => row.service === service && row.accepted) / sent,
      };
    };
    let between = 0;
    for (const service of ["Hill clinic", "River clinic"]) {
      const [f, m] = [at("F", service), at("M", service)];
      between += ((f.share - m.share) * (f.rate + m.rate)) / 2;
    }
    expect(split.between.people.value).toBeCloseTo(of("F") * between, 9);
    expect(split.within.people.value).toBeCloseTo(of("F") * (b1 - a1 - between), 9);

    const engine = await openDuckDb({ path: dataset.recordsPath, readOnly: true });
    const { description, data } = dataset.manifest;
    const counted = await countRecords(engine, description!, data, {
      characteristics: ["sex", "declineReason", "removalReason"],
    }).finally(() => engine.close());
    const reasons = lossReasons(counted, { cut });
    const accepted = some(reasons.find(({ step }) => step === "accepted")!.loss);
    for (const one of accepted.reasons) {
      const lost = (sex: Row["sex"]) => of(sex, (row) => row.declined === reasonName(one));
      expect([one.group.reached, one.group.denominator]).toEqual([lost("F"), of("F")]);
      expect([one.others.reached, one.others.denominator]).toEqual([lost("M"), of("M")]);
    }
    expect(accepted.reasons).toHaveLength(2);
    const seen = some(reasons.find(({ step }) => step === "seen")!.loss);
    const moved = seen.reasons.find((one) => reasonName(one) === "Moved away")!;
    expect(moved.group.reached).toBe(
      of("F", (row) => row.accepted && !row.seen && !row.open && row.left === "Moved away"),
    );
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});
