import type { Engine } from "@taproot/engine";

/**
 * Runs a reading statement with its rows kept in the file's order: the file is always the side that streams through a
 * join, never the side that is built into a table first, however small it is. A row's place tells its number.
 */
export async function inFileOrder<T>(engine: Engine, work: () => Promise<T>): Promise<T> {
  await engine.run("SET disabled_optimizers = 'join_order,build_side_probe_side'");
  try {
    return await work();
  } finally {
    await engine.run("RESET disabled_optimizers").catch(() => {});
  }
}
