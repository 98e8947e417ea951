import { defineConfig } from '@playwright/test';
import { launchOptions } from './e2e/browser.ts';
import { staticSpecs } from './e2e/static-specs.ts';

export default defineConfig({
  testDir: 'e2e',
  globalSetup: './e2e/global-setup.ts',
  testMatch:
    process.env['RETAINED_E2E_HOST'] === 'static'
      ? staticSpecs.map((pattern) => `**/e2e/${pattern}`)
      : '**/*.spec.ts',
  // Two runs at the same time need two.
  outputDir: process.env['RETAINED_E2E_OUTPUT'] ?? 'test-results',
  // Each worker has a server and a browser of its own; the reference machine has two cores.
  workers: 2,
  fullyParallel: true,
  timeout: 60_000,
  // Generous: a busy machine is slow, and a test that passes never waits for it.
  expect: { timeout: 15_000 },
  // Two browsers on two cores: what fails once and then passes is listed as flaky.
  retries: process.env['CI'] ? 1 : 0,
  reporter: [
    ['list'],
    ...(process.env['PLAYWRIGHT_JSON_OUTPUT_NAME'] ? [['json'] as const] : []),
    // With the traces of what failed: the CI keeps it.
    ...(process.env['CI'] ? [['html', { open: 'never' }] as const] : []),
  ],
  use: {
    browserName: 'chromium',
    launchOptions: launchOptions(),
    viewport: { width: 1440, height: 900 },
    // Recording costs every test time: only what failed is recorded, when it is tried again.
    trace: 'on-first-retry',
    // It would answer from what an earlier page kept, past a test's routes; offline-*.spec.ts wants it.
    serviceWorkers: 'block',
  },
});
