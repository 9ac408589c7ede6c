import { availableParallelism } from "node:os";
import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["test/**/*.test.ts"],
    globalSetup: ["test/setup/start-peers.ts"],
    // Suites start compilers, agents and servers; on a busy machine each takes its time.
    testTimeout: 30_000,
    hookTimeout: 60_000,
    // Most of them wait for other processes half of the time.
    maxWorkers: availableParallelism(),
  },
});
