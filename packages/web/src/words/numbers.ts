const whole = new Intl.NumberFormat("en-GB", { maximumFractionDigits: 0 });

/** A minus sign that is as wide as a plus and does not break from its number. */
const MINUS = "−";

/** A count of people or rows: "1,240". */
export function count(value: number): string {
  return whole.format(value).replace("-", MINUS);
}

/** A count with its noun: "1 row", "1,240 rows". */
export function counted(value: number, one: string, many = `${one}s`): string {
  return `${count(value)} ${value === 1 ? one : many}`;
}

/** A share between 0 and 1 as a percentage: "83%", "0.4%". */
export function percent(share: number): string {
  return `${tidy(share * 100)}%`;
}

/** Percentage points without a sign: "6.2". */
export function points(value: number): string {
  return tidy(Math.abs(value));
}

/** A sentence in which no percentage is parted from its sign at the end of a line. */
export function unbroken(sentence: string): string {
  return sentence.replaceAll(/(\d)[ \u00A0]%/g, "$1%");
}

/** A signed number with one decimal place: "−6.2", "+0.4", "0". */
export function signed(value: number, decimals = 1): string {
  const text = Math.abs(value).toFixed(decimals);
  if (Number(text) === 0) return "0";
  return `${value < 0 ? MINUS : "+"}${text}`;
}

/** A signed count of people: "−38", "+4". */
export function signedCount(value: number): string {
  const rounded = Math.round(value);
  if (rounded === 0) return "0";
  return `${rounded < 0 ? MINUS : "+"}${whole.format(Math.abs(rounded))}`;
}

/** Whole above ten, one decimal below, so that small shares stay apart and large ones stay readable. */
function tidy(value: number): string {
  const fine = Number(value.toFixed(1));
  return (Math.abs(fine) >= 10 ? value.toFixed(0) : String(fine)).replace("-", MINUS);
}

/** The two ends of an interval of sizes, smaller first, whatever their sign: "25 to 52". */
export function sizes(lower: number, upper: number, format: (value: number) => string): string {
  const [from, to] =
    Math.abs(lower) <= Math.abs(upper) ? [lower, upper] : ([upper, lower] as const);
  return `${format(Math.abs(from))} to ${format(Math.abs(to))}`;
}
