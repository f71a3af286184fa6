import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";

const root = join(import.meta.dirname, "..");
const folders = readdirSync(join(root, "packages"));

interface PackageFile {
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
}

interface Row {
  /** A trailing * stands for a family. */
  readonly name: string;
  readonly usedBy: readonly string[];
  readonly purpose: string;
  readonly considered: string;
}

const packageFile = (path: string) =>
  JSON.parse(readFileSync(join(root, path, "package.json"), "utf8")) as PackageFile;

/** Each dependency from outside the house, with the packages that name it. */
function declared(): Map<string, Set<string>> {
  const users = new Map<string, Set<string>>();
  for (const [user, path] of [
    ["(root)", "."],
    ...folders.map((name) => [name, `packages/${name}`]),
  ]) {
    const { dependencies, devDependencies } = packageFile(path ?? "");
    for (const name of Object.keys({ ...dependencies, ...devDependencies }))
      if (!name.startsWith("@taproot/"))
        users.set(name, (users.get(name) ?? new Set()).add(user ?? ""));
  }
  return users;
}

/** The rows of a document's tables. */
function rowsOf(text: string): Row[] {
  return [...text.matchAll(/^\| (.+?) \| (.+?) \| (.+?) \| (.+?) \|$/gm)]
    .map(([, name = "", usedBy = "", purpose = "", considered = ""]) => ({
      name,
      usedBy: usedBy.split(", "),
      purpose,
      considered,
    }))
    .filter(({ name }) => name !== "dependency");
}

const covers = (row: Row, name: string) =>
  row.name.endsWith("*") ? name.startsWith(row.name.slice(0, -1)) : name === row.name;

/** What is wrong between the dependencies and the rows that should explain them. */
function disagreements(users: ReadonlyMap<string, ReadonlySet<string>>, rows: readonly Row[]) {
  const named = [...users].map(([name, by]) => ({
    name,
    by,
    rows: rows.filter((row) => covers(row, name)),
  }));
  return [
    ...named
      .filter((one) => one.rows.length !== 1)
      .map(({ name, rows }) => `${name}: ${rows.length} lines`),
    ...rows.flatMap((row) => {
      const by = new Set(
        [...users].flatMap(([name, folders]) => (covers(row, name) ? [...folders] : [])),
      );
      if (by.size === 0) return [`${row.name}: nothing depends on it`];
      return [...by].sort().join() === row.usedBy.toSorted().join()
        ? []
        : [`${row.name}: used by ${[...by].sort().join(", ")}`];
    }),
  ];
}

test("every dependency has one line that says what for and what else was considered", () => {
  const rows = rowsOf(readFileSync(join(root, "docs/dependencies.md"), "utf8"));
  expect(disagreements(declared(), rows)).toEqual([]);
});

test("every version is exact", () => {
  for (const path of [".", ...folders.map((name) => `packages/${name}`)]) {
    const { dependencies, devDependencies } = packageFile(path);
    for (const [name, version] of Object.entries({ ...dependencies, ...devDependencies }))
      expect(version, `${name} in ${path}`).toMatch(/^\d+\.\d+\.\d+(-[\w.]+)?$/);
  }
});

test("a missing, a double, a stale and a wrong line are caught", () => {
  const row = (name: string, ...usedBy: string[]): Row => ({
    name,
    usedBy,
    purpose: "p",
    considered: "c",
  });
  const users = new Map([
    ["alone", new Set(["web"])],
    ["@family/one", new Set(["web"])],
    ["@family/two", new Set(["cli"])],
    ["twice", new Set(["web"])],
    ["moved", new Set(["web"])],
  ]);
  const rows = [
    row("@family/*", "cli", "web"),
    row("twice", "web"),
    row("twice", "web"),
    row("gone", "web"),
    row("moved", "cli"),
  ];
  expect(disagreements(users, rows)).toEqual([
    "alone: 0 lines",
    "twice: 2 lines",
    "gone: nothing depends on it",
    "moved: used by web",
  ]);
});
