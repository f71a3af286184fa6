export type { Selection } from "@taproot/engine";
