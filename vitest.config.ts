import { cloudflareTest, readD1Migrations } from "@cloudflare/vitest-plugin";
import { defineConfig } from "vitest/config";

/** Tests of rooms that need no Worker run in plain Node; all others inside workerd, with real D1, Queues and Durable Objects. */
const IN_NODE = [
  "test/mapping/**/*.test.ts",
  "test/simulator/**/*.test.ts",
  "test/house/**/*.test.ts",
  "test/browser/**/*.test.ts",
  "test/process/**/*.test.ts",
  "test/deploy/**/*.test.ts",
];

export default defineConfig({
  test: {
    silent: "passed-only",
    slowTestThreshold: 60_000, // one line a file: tests of a file are listed only when they fail
    maxWorkers: 2, // a worker waits for its workerd half of the time
    projects: [
      { test: { name: "node", include: IN_NODE, testTimeout: 180_000, hookTimeout: 120_000 } },
      {
        plugins: [
          cloudflareTest(async () => ({
            wrangler: { configPath: "./wrangler.toml" },
            miniflare: {
              bindings: {
                TEST_MIGRATIONS: await readD1Migrations("migrations"),
                MYCASE_API_URL: "http://mycase.test/v1",
                MYCASE_AUTH_URL: "http://mycase.test",
                MYCASE_REQUESTS_PER_SECOND: "1000",
                MYCASE_CLIENT_ID: "demo-client",
                MYCASE_CLIENT_SECRET: "demo-secret",
                ADMIN_API_KEY: "admin-key-for-tests",
                CHAOS_SEED: process.env.CHAOS_SEED ?? "",
                CHAOS_FROM: process.env.CHAOS_FROM ?? "",
                CHAOS_SEEDS: process.env.CHAOS_SEEDS ?? "",
                ENCRYPTION_KEY: "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=",
              },
            },
          })),
        ],
        test: {
          name: "workers",
          isolate: false,
          include: ["test/**/*.test.ts", "test/**/*.test.tsx"],
          exclude: IN_NODE,
          setupFiles: ["test/support/apply-migrations.ts"],
          testTimeout: 180_000,
        },
      },
    ],
  },
});
