import { posix } from "node:path";
import { ALLOWED_IMPORTS, CONCRETE, FACES, packageName } from "./allowed-imports.ts";
import { cyclesOf } from "./cycles.ts";
import { importsOf } from "./imports-of.ts";

/** A source file: `packages/<folder>/src/…` and its text. */
export interface SourceText {
  readonly path: string;
  readonly text: string;
}

/** A breach of the house's rules, and where. */
export interface Breach {
  readonly rule:
    | "forbiddenImport"
    | "concreteEngine"
    | "deepImport"
    | "outsideThePackage"
    | "undeclared"
    | "cycle"
    | "typeCycle";
  readonly where: string;
  readonly what: string;
}

/** What the sources import, and every breach. */
export interface HouseReport {
  readonly breaches: readonly Breach[];
  /** For each package, the other packages of the house that its sources import. */
  readonly edges: ReadonlyMap<string, ReadonlySet<string>>;
}

const folderOf = new Map(Object.keys(ALLOWED_IMPORTS).map((name) => [packageName(name), name]));

/**
 * Holds every import of the sources against the table of who may import whom.
 *
 * @param declared for each package, the packages of the house among its dependencies
 */
export function checkHouse(
  sources: readonly SourceText[],
  declared: Readonly<Record<string, readonly string[]>>,
): HouseReport {
  const breaches: Breach[] = [];
  const edges = new Map<string, Set<string>>();
  const values = new Map<string, Set<string>>();
  const all = new Map<string, Set<string>>();
  for (const { path, text } of sources) {
    const here = path.split("/")[1] ?? "";
    if (!(here in ALLOWED_IMPORTS))
      breaches.push({ rule: "forbiddenImport", where: path, what: `${here} is not in the table` });
    for (const { specifier, line, typeOnly } of importsOf(path, text)) {
      const breach = (rule: Breach["rule"]) =>
        breaches.push({ rule, where: `${path}:${line}`, what: specifier });
      if (specifier.startsWith(".")) {
        const target = posix.normalize(posix.join(posix.dirname(path), specifier));
        if (!target.startsWith(`packages/${here}/src/`)) breach("outsideThePackage");
        add(all, path, target);
        if (!typeOnly) add(values, path, target);
        continue;
      }
      const name = specifier.startsWith("@taproot/")
        ? specifier.split("/").slice(0, 2).join("/")
        : (specifier.split("/")[0] ?? "");
      const there = folderOf.get(name);
      if (there === undefined) {
        if (specifier.startsWith("@taproot/")) breach("forbiddenImport");
        continue;
      }
      if (there === here) breach("forbiddenImport");
      else {
        add(edges, here, there);
        if (specifier !== name) breach("deepImport");
        if (!ALLOWED_IMPORTS[here]?.includes(there)) breach("forbiddenImport");
        if (CONCRETE.includes(there) && !FACES.includes(here)) breach("concreteEngine");
        if (!declared[here]?.includes(there)) breach("undeclared");
      }
    }
  }
  const ring = (rule: "cycle" | "typeCycle", cycle: readonly string[]) =>
    breaches.push({ rule, where: cycle[0] ?? "", what: cycle.join(" → ") });
  for (const cycle of cyclesOf(edges)) ring("cycle", cycle);
  const hard = cyclesOf(values);
  for (const cycle of hard) ring("cycle", cycle);
  const known = new Set(hard.flat());
  for (const cycle of cyclesOf(all))
    if (!cycle.every((path) => known.has(path))) ring("typeCycle", cycle);
  return { breaches, edges };
}

function add(graph: Map<string, Set<string>>, from: string, to: string): void {
  const targets = graph.get(from) ?? new Set<string>();
  graph.set(from, targets.add(to));
}
