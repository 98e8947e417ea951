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

/**
 * The features that Playwright 1.65 switches off. Chromium obeys the last `--disable-features`
 * alone, so it has to be said again; `browser.test.ts` compares it with the installed Playwright.
 */
const PLAYWRIGHTS = [
  'AvoidUnnecessaryBeforeUnloadCheckSync',
  'DestroyProfileOnBrowserClose',
  'HttpsUpgrades',
  'HttpsFirstBalancedModeAutoEnable',
  'LensOverlay',
  'MediaRouter',
  'PaintHolding',
  'ThirdPartyStoragePartitioning',
  'AvoidCorsURLLoaderRestartOnRedirect',
  'TcpPortRandomizationWin',
  'OptimizationHints',
  'NetworkTimeServiceQuerying',
  'AimEnabled',
  'PreconnectToSearch',
  'msForceBrowserSignIn',
  'msEdgeUpdateLaunchServicesPreferredVersion',
];
/**
 * The address bar's suggestions are two pages of Chromium's own, loaded for each window before
 * anything is typed there: 1.0 of the 2.6 s of processor time that opening a lesson takes.
 */
const ADDRESS_BAR = ['WebUIOmniboxPopup', 'WebUIOmniboxAimPopup'];

/** The Chromium that `npm test` found, an installed one, or Playwright's own download. */
export function launchOptions(): LaunchOptions {
  const executablePath = process.env['RETAINED_BROWSER'] ?? INSTALLED.find(executable);
  return {
    ...(executablePath && { executablePath }),
    // Chromium's own sandbox does not start for root, which runs the tests in a container.
    args: [
      ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
      `--disable-features=${[...PLAYWRIGHTS, ...ADDRESS_BAR].join(',')}`,
    ],
  };
}
