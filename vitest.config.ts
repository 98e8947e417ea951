import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['{sandbox,src,scripts,lessons,bench,docs,e2e}/**/*.test.ts'],
    // Node strips the types itself; a test that hangs must not hang the whole run.
    testTimeout: 20_000,
    setupFiles: ['scripts/test/real-timers.ts'],
    hookTimeout: 20_000,
    // One second, the default, is nothing on a machine of two cores that builds meanwhile.
    expect: { poll: { timeout: 15_000 } },
    // Rooms and brokers are cheap, processes are not: the reference machine has two cores.
    maxWorkers: 2,
    // A worker for each file cost more than the tests in it. No test changes what a module holds.
    isolate: false,
    // Other programs' work on a build machine is not a test's failure: tried again once, and named.
    retry: process.env['CI'] ? 1 : 0,
    passWithNoTests: true,
  },
});
