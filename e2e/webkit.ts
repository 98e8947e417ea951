/** WebKitGTK by its own driver, as much as `webkit.spec.ts` needs: the engine of Safari, without its system. */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { which } from '../scripts/test/system.ts';
import type { FirefoxPage } from '../scripts/try-firefox/bidi.ts';
import { freePort } from '../sandbox/testing/differential/free-ports.ts';

const PATIENCE_MS = 60_000;
/** WebDriver, section 17.4.2: keys without a character. */
const enterKey = '\uE007';

/** Debian's MiniBrowser, which comes with the library. */
function miniBrowser(): string | undefined {
  const libraries = '/usr/lib';
  for (const triplet of existsSync(libraries) ? readdirSync(libraries) : [])
    for (const version of ['webkit2gtk-4.1', 'webkit2gtk-4.0']) {
      const path = join(libraries, triplet, version, 'MiniBrowser');
      if (existsSync(path)) return path;
    }
  return undefined;
}

export interface WebKit {
  version: string;
  page: FirefoxPage;
  close(): Promise<void>;
}

async function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill();
  await once(child, 'exit');
}

/** @returns undefined without Debian's webkit2gtk-driver and xvfb */
export async function startWebKit(): Promise<WebKit | undefined> {
  const [driver, screen, browser] = [which('WebKitWebDriver'), which('Xvfb'), miniBrowser()];
  if (!driver || !screen || !browser) return undefined;
  // It says which display it took.
  const display = spawn(screen, ['-displayfd', '1', '-screen', '0', '1366x900x24', '-nolisten', 'tcp'], { stdio: ['ignore', 'pipe', 'ignore'] }); // prettier-ignore
  const [number] = (await once(display.stdout, 'data')) as [Buffer];
  const port = await freePort();
  const env = { ...process.env, DISPLAY: `:${String(number).trim()}`, LIBGL_ALWAYS_SOFTWARE: '1' };
  const child = spawn(driver, [`--port=${port}`], { env, stdio: 'ignore' });
  const close = async (): Promise<void> => {
    await ended(child);
    await ended(display);
  };
  const call = async (method: string, path: string, body?: object): Promise<unknown> => {
    const response = await fetch(`http://127.0.0.1:${port}${path}`, {
      ...{ method, headers: { 'content-type': 'application/json' } },
      ...(body && { body: JSON.stringify(body) }),
    });
    const { value } = (await response.json()) as { value: unknown };
    if (!response.ok) throw new Error(JSON.stringify(value));
    return value;
  };
  const end = Date.now() + PATIENCE_MS;
  while (
    !(await call('GET', '/status').then(
      () => true,
      () => false,
    ))
  ) {
    // prettier-ignore
    if (child.exitCode !== null || Date.now() > end) throw new Error('no WebKitWebDriver');
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  const options = { binary: browser, args: ['--automation'] };
  const made = (await call('POST', '/session', {
    capabilities: { alwaysMatch: { 'webkitgtk:browserOptions': options } },
  })) as { sessionId: string; capabilities: { browserVersion: string } };
  const session = `/session/${made.sessionId}`;
  return {
    version: `WebKitGTK ${made.capabilities.browserVersion}`,
    page: pageOf((method, path, body) => call(method, session + path, body)),
    async close() {
      await call('DELETE', session).catch(() => {});
      await close();
    },
  };
}

function pageOf(
  call: (method: string, path: string, body?: object) => Promise<unknown>,
): FirefoxPage {
  /** A value that is no primitive one has no use here, and may have no form. */
  const evaluate = (script: string): Promise<unknown> => {
    const value = `const value = (${script}); return Object(value) === value ? null : value;`;
    return call('POST', '/execute/sync', {
      script: script.includes('; ') ? script : value,
      args: [],
    });
  };
  return {
    open: async (url) => void (await call('POST', '/url', { url })),
    evaluate,
    async until(expression) {
      const end = Date.now() + PATIENCE_MS;
      while ((await evaluate(`Boolean(${expression})`)) !== true) {
        if (Date.now() > end) throw new Error(`never true: ${expression}`);
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
    },
    async type(text) {
      const keys = [...text].map((key) => (key === '\n' ? enterKey : key));
      const actions = keys.flatMap((value) => [
        { type: 'keyDown', value },
        { type: 'keyUp', value },
      ]);
      await call('POST', '/actions', { actions: [{ type: 'key', id: 'keyboard', actions }] });
    },
    close: async () => {},
  };
}
