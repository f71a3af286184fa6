/** A value that goes into or comes out of the store. */
export type StoreValue = string | number | bigint | boolean | null;

/** The port to where the workbench keeps its own state: a small SQL database. Values travel as parameters only. */
export interface Store {
  run(sql: string, parameters?: readonly StoreValue[]): Promise<void>;
  rows(
    sql: string,
    parameters?: readonly StoreValue[],
  ): Promise<readonly Readonly<Record<string, StoreValue>>[]>;
  close(): Promise<void>;
}

/** Opens a store in a file of its own, making it when it is not there. */
export type OpenStore = (options: { readonly path: string }) => Promise<Store>;
