/** A referral of a made-up list, as the file has it: days are ISO dates, empty where there is none. */
export interface MadeUpRow {
  readonly id: string;
  readonly sex: "Female" | "Male" | "";
  readonly referred: string;
  readonly accepted: string;
  readonly declined: string;
  readonly seen: string;
  readonly completed: string;
  readonly removed: string;
  readonly measure: string;
  readonly before: string;
  readonly after: string;
}

const DAY = 86_400_000;
const dayAt = (day: number) =>
  new Date(Date.UTC(2025, 0, 1) + day * DAY).toISOString().slice(0, 10);

/** The last day of the made-up list. */
export const LAST_DAY = 365;

/** How many days lie between two ISO dates. */
export const daysBetween = (from: string, to: string) => (Date.parse(to) - Date.parse(from)) / DAY;

/** A small linear congruential stream: the same numbers on every machine. */
function stream(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

/** A year's referrals in which women wait longer, gain less and are measured less often. */
export function madeUpRows(count: number): readonly MadeUpRow[] {
  const random = stream(11);
  return Array.from({ length: count }, (_, i): MadeUpRow => {
    const sex = (["Female", "Male", ""] as const)[Math.floor(random() * 2.2)]!;
    const woman = sex === "Female";
    const referred = i < 2 ? i * LAST_DAY : Math.floor(random() * LAST_DAY);
    const after = (day: number, mean: number) => day + Math.floor(-Math.log(1 - random()) * mean);
    const happened = (day: number) => (day <= LAST_DAY ? dayAt(day) : "");
    const decision = after(referred, 20);
    const isDeclined = random() < 0.15;
    const contact = after(decision, woman ? 90 : 60);
    const leaves = random() < 0.12 ? after(decision, 40) : Number.POSITIVE_INFINITY;
    const isSeen = !isDeclined && contact <= LAST_DAY && contact <= leaves;
    const end = after(contact, 40);
    const isCompleted = isSeen && end <= LAST_DAY && random() < 0.9;
    const isMeasured = isSeen && random() < (woman ? 0.6 : 0.8);
    const pain = random() < 0.4;
    const start = Math.round((3 + random() * 4) * 10) / 10;
    const gain = Math.round((random() * 3 - (woman ? 0.8 : 0.3)) * 10) / 10;
    return {
      id: `R${i}`,
      sex,
      referred: dayAt(referred),
      accepted: isDeclined ? "" : happened(decision),
      declined: isDeclined ? happened(decision) : "",
      seen: isSeen ? dayAt(contact) : "",
      completed: isCompleted ? dayAt(end) : "",
      removed: !isDeclined && !isSeen && leaves <= LAST_DAY ? dayAt(leaves) : "",
      measure: isSeen ? (pain ? "Pain (0 to 10)" : "Goal score") : "",
      before: isSeen ? String(start) : "",
      after: isMeasured ? (start + (pain ? -gain : gain)).toFixed(1) : "",
    };
  });
}

/** The list as a file. */
export function madeUpFile(rows: readonly MadeUpRow[]): string {
  const header =
    "Referral ID,Sex,Date referred,Date accepted,Date declined,Date first contact,Date completed,Date removed,Outcome measure,Score before,Score after";
  return `${[header, ...rows.map((row) => Object.values(row).join(","))].join("\n")}\n`;
}
