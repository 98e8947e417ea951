import { accessSync, constants } from 'node:fs';
import type { LaunchOptions } from '@playwright/test';

const INSTALLED = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

function executable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** The Chromium that `npm test` found, an installed one, or Playwright's own download. */
export function launchOptions(): LaunchOptions {
  const executablePath = process.env['RETAINED_BROWSER'] ?? INSTALLED.find(executable);
  return {
    ...(executablePath && { executablePath }),
    // Chromium's own sandbox does not start for root, which is who runs a container's tests.
    args: process.getuid?.() === 0 ? ['--no-sandbox'] : [],
  };
}
