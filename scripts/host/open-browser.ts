import { spawn } from 'node:child_process';

/** By their whole path: there may be no PATH. */
const openers: Partial<Record<NodeJS.Platform, (url: string) => [string, ...string[]]>> = {
  win32: (url) => [
    `${process.env['SystemRoot'] ?? String.raw`C:\Windows`}\\System32\\rundll32.exe`,
    'url.dll,FileProtocolHandler',
    url,
  ],
  darwin: (url) => ['/usr/bin/open', url],
  linux: (url) => ['/usr/bin/xdg-open', url],
};

/** Opens the person's browser if the system can; the address is printed anyway. */
export function openBrowser(url: string): void {
  const [program, ...args] = openers[process.platform]?.(url) ?? [];
  if (!program) return;
  const PATH = process.env['PATH'] || '/usr/local/bin:/usr/bin:/bin';
  const child = spawn(program, args, {
    detached: true,
    stdio: 'ignore',
    env: { ...process.env, PATH },
  });
  child.on('error', () => {});
  child.unref();
}
