export * from "./pin.ts";
export type { OpenStore, Store, StoreValue } from "./store.ts";
export * from "./workspace-state.ts";
