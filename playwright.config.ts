import { defineConfig } from '@playwright/test';
import { launchOptions } from './e2e/browser.ts';

export default defineConfig({
  testDir: 'e2e',
  globalSetup: './e2e/global-setup.ts',
  testMatch: '**/*.spec.ts',
  // Two runs at the same time need two.
  outputDir: process.env['RETAINED_E2E_OUTPUT'] ?? 'test-results',
  // Each worker has a server and a browser of its own; the reference machine has two cores.
  workers: 2,
  fullyParallel: true,
  timeout: 60_000,
  // Generous: a busy machine is slow, and a test that passes never waits for it.
  expect: { timeout: 15_000 },
  reporter: process.env['PLAYWRIGHT_JSON_OUTPUT_NAME'] ? [['list'], ['json']] : [['list']],
  use: {
    browserName: 'chromium',
    launchOptions: launchOptions(),
    viewport: { width: 1440, height: 900 },
    trace: 'retain-on-failure',
    // It would answer from what an earlier page kept, past a test's routes; offline-*.spec.ts wants it.
    serviceWorkers: 'block',
  },
});
