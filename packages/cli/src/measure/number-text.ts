/**
 * Reads a number as people write it in a spreadsheet: spaces around it, thousands separators (comma, space,
 * apostrophe), a decimal point, an exponent, a typographic minus. Anything else, a percent sign or an asterisk
 * for a suppressed count among them, is undefined.
 */
export function readNumber(text: string): number | undefined {
  const plain = text
    .trim()
    .replace(/^[\u2212\u2013]/, "-")
    .replace(/[\u00a0\u202f\u2009]/g, " ");
  const grouped = /^[-+]?\d{1,3}(?:(?:,\d{3})+|(?: \d{3})+|(?:'\d{3})+)(?:\.\d+)?$/;
  const bare = grouped.test(plain) ? plain.replace(/[, ']/g, "") : plain;
  if (!/^[-+]?(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d+)?$/i.test(bare)) return undefined;
  const value = Number(bare);
  return Number.isFinite(value) ? value : undefined;
}
