#!/usr/bin/env -S node --conditions=taproot-source
// From a checkout this runs the TypeScript sources, so nothing has to be built; from an installed package it
// runs what was built.
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";

const source = new URL("../src/main.ts", import.meta.url);
if (existsSync(source)) {
  process.env.TSX_TSCONFIG_PATH ??= fileURLToPath(
    new URL("../../web/tsconfig.json", import.meta.url),
  );
  const { register } = await import("tsx/esm/api");
  register();
  await import(source.href);
} else {
  await import(new URL("../dist/main.js", import.meta.url).href);
}
