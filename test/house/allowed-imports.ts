/** Which package may import which: DESIGN.md's table, for the packages that exist. */
export const ALLOWED_IMPORTS: Readonly<Record<string, readonly string[]>> = {
  model: [],
  statistics: [],
  engine: ["model"],
  "engine-duckdb": ["engine", "model"],
  place: ["model", "engine"],
  ingest: ["model", "engine"],
  awareness: ["model", "statistics", "engine", "place"],
  demo: ["model"],
  workspace: ["model"],
  web: [
    "model",
    "statistics",
    "engine",
    "engine-duckdb",
    "place",
    "ingest",
    "awareness",
    "demo",
    "workspace",
  ],
  cli: [
    "model",
    "statistics",
    "engine",
    "engine-duckdb",
    "place",
    "ingest",
    "awareness",
    "demo",
    "workspace",
    "web",
  ],
};

/** The faces: only they name a concrete engine. */
export const FACES: readonly string[] = ["web", "cli"];

/** Packages that implement a port, which only the faces may name. */
export const CONCRETE: readonly string[] = ["engine-duckdb"];

/** What a package is called where it is imported. */
export function packageName(folder: string): string {
  return folder === "cli" ? "taproot" : `@taproot/${folder}`;
}
