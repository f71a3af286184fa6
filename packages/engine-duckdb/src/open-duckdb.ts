import { DuckDBInstance } from "@duckdb/node-api";
import type { Engine, EngineOptions } from "@taproot/engine";
import { DuckDbEngine } from "./duckdb-engine.ts";

/**
 * Opens the embedded engine. Nothing is fetched: extensions that DuckDB does not ship are neither installed nor loaded,
 * and a database file may not reach outside what it is asked to read.
 */
export async function openDuckDb(options: EngineOptions = {}): Promise<Engine> {
  const settings: Record<string, string> = {
    autoinstall_known_extensions: "false",
    autoload_known_extensions: "false",
    preserve_insertion_order: "true",
  };
  if (options.readOnly) settings.access_mode = "READ_ONLY";
  if (options.memoryMegabytes) settings.memory_limit = `${options.memoryMegabytes}MB`;
  if (options.spillFolder) settings.temp_directory = options.spillFolder;
  const instance = await DuckDBInstance.create(options.path ?? ":memory:", settings);
  try {
    return new DuckDbEngine(instance, await instance.connect());
  } catch (error) {
    instance.closeSync();
    throw error;
  }
}
