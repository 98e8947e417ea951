import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build, root } from '../scripts/build.ts';

/** Builds what is stale, once, and sets the pages aside; workers find them by the environment. */
export default async function globalSetup(): Promise<() => void> {
  await build();
  const site = mkdtempSync(join(tmpdir(), 'retained-e2e-site-'));
  cpSync(join(root, 'dist'), site, { recursive: true });
  process.env['RETAINED_E2E_SITE'] = site;
  return () => rmSync(site, { recursive: true, force: true });
}
