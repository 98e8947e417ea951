import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['{sandbox,src,scripts,lessons,bench}/**/*.test.ts'],
    // Node strips the types itself; a test that hangs must not hang the whole run.
    testTimeout: 20_000,
    hookTimeout: 20_000,
    // Rooms and brokers are cheap, processes are not: the reference machine has two cores.
    maxWorkers: 2,
    passWithNoTests: true,
  },
});
