import type { OpenedFile } from "@taproot/engine";

/** What became of the rows of each file, while mended rows move between the sums. */
export class Accounts {
  readonly files: { -readonly [key in keyof OpenedFile]: OpenedFile[key] }[];

  readonly #before: number;

  constructor(files: readonly OpenedFile[]) {
    this.#before = files.length;
    this.files = files.map((file) => ({ ...file }));
  }

  position(name: string): number {
    const known = this.files.findIndex((file) => file.name === name);
    if (known >= 0) return known;
    this.files.push({ name, rows: 0, records: 0, quarantined: 0, duplicates: 0 });
    return this.files.length - 1;
  }

  /** A row leaves those set aside, to be added again as what it is now. */
  takeOut(position: number): void {
    const file = this.files[position]!;
    file.quarantined--;
    file.rows--;
  }

  add(position: number, to: "records" | "quarantined" | "duplicates", rows: number): void {
    const file = this.files[position]!;
    file[to] += rows;
    file.rows += rows;
  }

  /** The files that were there before or have rows of their own; mended rows stay with the file that they came from. */
  opened(): OpenedFile[] {
    return this.files.filter(({ rows }, position) => position < this.#before || rows > 0);
  }

  /** The sums over all files. */
  totals(): Omit<OpenedFile, "name" | "rows"> {
    const sum = (of: (file: OpenedFile) => number) =>
      this.files.reduce((total, file) => total + of(file), 0);
    return {
      records: sum((file) => file.records),
      quarantined: sum((file) => file.quarantined),
      duplicates: sum((file) => file.duplicates),
    };
  }
}
