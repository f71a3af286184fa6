import { quoteText } from "@taproot/engine";
import type { DateFormat, Field } from "@taproot/model";
import { BLANK_WORDS } from "../vocabulary/plain-words.ts";
import type { Check, Checks } from "./check.ts";
import {
  CODED_FIELDS,
  COUNT_COLUMNS,
  type CodedField,
  DATE_COLUMNS,
  type FieldColumn,
  SCORE_COLUMNS,
} from "./field-columns.ts";
import type { LoadingFile } from "./loading-file.ts";

const written: Readonly<Record<DateFormat, string>> = {
  "yyyy-mm-dd": "year-month-day (2024-06-05)",
  "dd/mm/yyyy": "day/month/year (05/06/2024)",
  "mm/dd/yyyy": "month/day/year (06/05/2024)",
  "dd-mmm-yyyy": "day-month-year (05-Jun-2024)",
  "excel-serial": "as one of Excel's day numbers (45448)",
};

const blankWords = BLANK_WORDS.map(quoteText).join(", ");

/** SQL that is true where there is a text and nothing was read of it. */
const unread = (field: Field) => `t_${field} IS NOT NULL AND v_${field} IS NULL`;

/** SQL that is true where a text stands that could not be read; NULL, N/A and the like count as nothing. */
function unreadable(text: string, read: string): string {
  return `(CASE WHEN ${text} IS NULL OR ${read} IS NOT NULL THEN false ELSE lower(trim(${text})) NOT IN ('', ${blankWords}) END)`;
}

/**
 * The rules for one file's rows. The names in the SQL are those of the query that reads the rows: `t_…` the text of a
 * field, `v_…` what was read of it.
 */
export function rowChecks(
  fields: ReadonlyMap<Field, FieldColumn>,
  /** No date may be after this day. */
  lastDay: string,
  checks: Checks,
): Check[] {
  const found: Check[] = [];
  const add: Add = (code, column, message, sql, suspect) => {
    const rule = { code, severity: "quarantined", column, message, sql } as const;
    found.push(checks.add(suspect === undefined ? rule : { ...rule, suspect }));
  };
  const dateFields = [...(Object.keys(DATE_COLUMNS) as Field[]), "birthDate" as const];
  for (const field of dateFields) {
    const mapped = fields.get(field);
    if (!mapped) continue;
    const { column } = mapped;
    const format = written[mapped.dates ?? "yyyy-mm-dd"];
    const needed = field === "dateReferred";
    add(
      "unreadableDate",
      column,
      `“${column}” is not a date written ${format}. ${needed ? "Write it so: every referral needs this date." : "Write it so, or leave it empty."}`,
      unreadable(`t_${field}`, `v_${field}`),
      unread(field),
    );
    add(
      "dateBefore1900",
      column,
      `“${column}” is before 1900. Correct the year.`,
      `v_${field} < DATE '1900-01-01'`,
    );
    add(
      "dateInFuture",
      column,
      `“${column}” is after ${lastDay}, the day of the data. ${needed ? "Correct the date: every referral needs it." : "Correct the date, or leave it empty if it has not happened yet."}`,
      `v_${field} > DATE '${lastDay}'`,
    );
  }
  orderChecks(fields, add);
  const referred = fields.get("dateReferred");
  if (referred)
    add(
      "noReferralDate",
      referred.column,
      `“${referred.column}” is empty. Every referral needs the date on which it was made.`,
      `(t_dateReferred IS NULL OR (v_dateReferred IS NULL AND lower(trim(t_dateReferred)) IN ('', ${blankWords})))`,
      "v_dateReferred IS NULL",
    );
  ageChecks(fields, add);
  for (const field of Object.keys(COUNT_COLUMNS) as (keyof typeof COUNT_COLUMNS)[]) {
    const mapped = fields.get(field);
    if (mapped)
      add(
        "notACount",
        mapped.column,
        `“${mapped.column}” is not a whole number from 0. Correct it, or leave it empty.`,
        unreadable(`t_${field}`, `v_${field}`),
        unread(field),
      );
  }
  for (const field of Object.keys(SCORE_COLUMNS) as (keyof typeof SCORE_COLUMNS)[]) {
    const mapped = fields.get(field);
    if (mapped)
      add(
        "notANumber",
        mapped.column,
        `“${mapped.column}” is not a number. Correct it, or leave it empty.`,
        unreadable(`t_${field}`, `v_${field}`),
        unread(field),
      );
  }
  for (const field of Object.keys(CODED_FIELDS) as CodedField[]) {
    const mapped = fields.get(field);
    if (!mapped || CODED_FIELDS[field].open) continue;
    add(
      "unknownCode",
      mapped.column,
      `“${mapped.column}” has a code that Taproot does not know. Use a code of the national list, or words, or leave it empty.`,
      `(t_${field} IS NOT NULL AND w_${field} IS NULL AND lower(trim(t_${field})) NOT IN ('', ${blankWords}))`,
      `t_${field} IS NOT NULL AND w_${field} IS NULL`,
    );
  }
  return found;
}

type Add = (code: string, column: string, message: string, sql: string, suspect?: string) => void;

function orderChecks(fields: ReadonlyMap<Field, FieldColumn>, add: Add): void {
  const orders: readonly (readonly [Field, Field, string, string])[] = [
    ["dateAccepted", "dateReferred", "acceptedBeforeReferral", "accepted before it was referred"],
    ["dateDeclined", "dateReferred", "declinedBeforeReferral", "declined before it was referred"],
    ["dateFirstContact", "dateReferred", "contactBeforeReferral", "seen before it was referred"],
    [
      "dateCompleted",
      "dateReferred",
      "completedBeforeReferral",
      "completed before it was referred",
    ],
    ["dateRemoved", "dateReferred", "removedBeforeReferral", "removed before it was referred"],
    [
      "dateCompleted",
      "dateFirstContact",
      "completedBeforeContact",
      "completed before the first contact",
    ],
  ];
  for (const [later, earlier, code, words] of orders) {
    const [after, before] = [fields.get(later), fields.get(earlier)];
    if (after && before)
      add(
        code,
        after.column,
        `The referral was ${words}: “${after.column}” is before “${before.column}”. Correct one of the two dates.`,
        `v_${later} < v_${earlier}`,
      );
  }
}

function ageChecks(fields: ReadonlyMap<Field, FieldColumn>, add: Add): void {
  const born = fields.get("birthDate");
  if (born) {
    add(
      "birthAfterReferral",
      born.column,
      `“${born.column}” is after the referral. Correct it, or leave it empty.`,
      "v_birthDate > v_dateReferred",
    );
    add(
      "ageOver120",
      born.column,
      `“${born.column}” makes the person older than 120. Correct it, or leave it empty.`,
      "v_birthDate IS NOT NULL AND v_dateReferred IS NOT NULL AND v_birthDate >= DATE '1900-01-01' AND datesub('year', v_birthDate, v_dateReferred) > 120",
    );
  }
  const age = fields.get("age");
  if (!age) return;
  add(
    "notAnAge",
    age.column,
    `“${age.column}” is not a number of years. Correct it, or leave it empty.`,
    unreadable("t_age", "v_age"),
    unread("age"),
  );
  add(
    "ageBelow0",
    age.column,
    `“${age.column}” is below 0. Correct it, or leave it empty.`,
    "v_age < 0",
  );
  add(
    "ageOver120",
    age.column,
    `“${age.column}” is over 120. Correct it, or leave it empty.`,
    "v_age > 120",
  );
}

/** The rules for rows that could not be split into columns. */
export function splitChecks(checks: Checks): Check[] {
  const where =
    "Correct the row in your own file; its values are left out here, as they may stand in the wrong columns.";
  return [
    checks.add({
      code: "unclosedQuote",
      severity: "quarantined",
      message: `A quotation mark opens in this row and does not close where a value ends. ${where}`,
    }),
    checks.add({
      code: "wrongNumberOfColumns",
      severity: "quarantined",
      message: `The row has more or fewer values than there are columns. ${where}`,
    }),
  ];
}

/** The rule for rows that repeat a referral. */
export function repeatCheck(checks: Checks, files: readonly Pick<LoadingFile, "fields">[]): Check {
  const column = files.map(({ fields }) => fields.get("referralId")?.column).find(Boolean);
  return checks.add({
    code: "duplicateReferral",
    severity: "duplicate",
    ...(column === undefined ? {} : { column }),
    message:
      "The referral id stands in an earlier row already: the first row is kept, this one is not counted.",
  });
}
