import { defineConfig } from "vitest/config";

export default defineConfig({
  resolve: { conditions: ["taproot-source"] },
  ssr: { resolve: { conditions: ["taproot-source"] } },
  oxc: { jsx: { runtime: "automatic", importSource: "hono/jsx" } },
  test: {
    include: ["packages/*/test/**/*.test.{ts,tsx}", "test/**/*.test.ts"],
    setupFiles: ["test/seed-properties.ts"],
    testTimeout: 120_000,
    hookTimeout: 240_000,
  },
});
