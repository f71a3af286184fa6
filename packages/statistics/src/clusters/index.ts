export * from "./clustered-contrast.ts";
