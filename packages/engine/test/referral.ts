import {
  type Engine,
  RECORDS_COLUMNS,
  RECORDS_TABLE,
  type RecordsDescription,
} from "../src/index.ts";

/** A row of the records table, as far as counting looks at it; what is left out is null. */
export interface Referral {
  readonly referred: string;
  readonly accepted?: string | null;
  readonly declined?: string | null;
  readonly decline_reason?: string | null;
  readonly first_contact?: string | null;
  readonly completed?: string | null;
  readonly removed?: string | null;
  readonly outcome_measure?: string | null;
  readonly score_before?: number | null;
  readonly score_after?: number | null;
  readonly age?: number | null;
  readonly age_band?: string | null;
  readonly sex?: string | null;
  readonly ethnicity?: string | null;
  readonly service?: string | null;
  readonly team?: string | null;
  readonly deprivation_quintile?: number | null;
  readonly deprivation_decile?: number | null;
  readonly area?: string | null;
  readonly person_key?: number | null;
  readonly [further: `further_${number}`]: string | null;
}

/** Everything recorded, and nothing but the day of referral to count by; a test says what is otherwise. */
export function described(
  changes: Partial<Omit<RecordsDescription, "events">> & {
    readonly events?: Partial<RecordsDescription["events"]>;
  } = {},
): RecordsDescription {
  return {
    present: ["referred"],
    further: [],
    asOf: "2025-06-30",
    outcome: { higherIsBetter: true, smallestChange: 0 },
    ...changes,
    events: {
      accepted: true,
      declined: true,
      firstContact: true,
      completed: true,
      removed: true,
      scores: true,
      ...changes.events,
    },
  };
}

/** Makes the records table anew with these rows. */
export async function store(
  engine: Engine,
  referrals: readonly Referral[],
  furtherColumns = 0,
): Promise<void> {
  const types: Record<string, string> = { ...RECORDS_COLUMNS };
  for (let index = 0; index < furtherColumns; index++) types[`further_${index}`] = "VARCHAR";
  const names = Object.keys(types);
  await engine.run(
    `create or replace table ${RECORDS_TABLE} (${names.map((name) => `${name} ${types[name]}`).join(", ")})`,
  );
  const used = names.filter((name) => referrals.some((referral) => name in referral));
  for (let start = 0; start < referrals.length; start += 200) {
    const block = referrals.slice(start, start + 200);
    const row = `(${used.map((name) => `cast(? as ${types[name]})`).join(", ")})`;
    await engine.run(
      `insert into ${RECORDS_TABLE} (${used.join(", ")}) values ${block.map(() => row).join(", ")}`,
      block.flatMap((referral) => {
        const values = new Map<string, string | number | null>(Object.entries(referral));
        return used.map((name) => values.get(name) ?? null);
      }),
    );
  }
}
