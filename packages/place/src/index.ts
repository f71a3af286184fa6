export * from "./add-place-file.ts";
export * from "./home.ts";
export * from "./place-entry.ts";
export * from "./postcode.ts";
export * from "./release.ts";
export * from "./releases.ts";
