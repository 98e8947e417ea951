/** The course from a folder that is handed on: no npm, no build. `server-bundle.ts` makes one file of it. */
import { mkdtempSync, mkdirSync, accessSync, constants } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { start, type RunningServer } from '../../sandbox/server/main.ts';
import { PortError } from '../../sandbox/server/ports.ts';
import type { Exercise } from '../../sandbox/protocol/exercise.ts';
import { defaults } from '../../sandbox/shared/config.ts';
import { OptionError, readOptions, usage, type HostOptions } from '../options.ts';
import { runCourse } from '../run-course.ts';
import { openBrowser } from './open-browser.ts';
import { runningUrl, sayRunning } from './running.ts';

const modules = import.meta.glob<{ default: Exercise }>('/lessons/*/*/exercise.ts');
/** Ports that are tried before it gives up. */
const TRIES = 10;

/**
 * What outlives a restart (the certificate authority) belongs to the person, not into the folder: a copy
 * of the folder must not carry its key.
 */
function dataFolder(): string {
  const env = process.env;
  const own = {
    win32: join(env['LOCALAPPDATA'] ?? homedir(), 'Retained'),
    darwin: join(homedir(), 'Library', 'Application Support', 'Retained'),
  } as Partial<Record<NodeJS.Platform, string>>;
  const folder =
    own[process.platform] ??
    join(env['XDG_DATA_HOME'] ?? join(homedir(), '.local', 'share'), 'retained');
  try {
    mkdirSync(folder, { recursive: true });
    accessSync(folder, constants.W_OK);
    return folder;
  } catch {
    return mkdtempSync(join(tmpdir(), 'retained-'));
  }
}

/** Who clicks twice chooses no port: a taken one is passed over. */
async function serve(options: HostOptions, data: string): Promise<RunningServer> {
  const first = options.port ?? defaults.port;
  const tries = options.port === undefined ? TRIES : 1;
  for (let port = first; ; port++) {
    try {
      return await start({
        exercises: {
          async get(name) {
            const load = modules[`/lessons/${name}/exercise.ts`];
            return load ? (await load()).default : null;
          },
        },
        site: join(import.meta.dirname, 'pages'),
        ...options,
        data,
        port,
      });
    } catch (error) {
      if (!(error instanceof PortError) || port + 1 >= first + tries) throw error;
    }
  }
}

async function main(): Promise<void> {
  const args = process.argv.slice(2);
  const isQuiet = args.includes('--no-browser');
  const options = readOptions(
    args.filter((arg) => arg !== '--no-browser'),
    process.env,
  );
  if (options === 'help') return console.log(usage);
  const data = options.data ?? dataFolder();
  const folder = import.meta.dirname;
  const already = options.port === undefined ? await runningUrl(data, folder) : undefined;
  if (already) {
    console.log(
      `The course runs already, in another window: ${already}\n課程已經在另一個視窗執行了。`,
    );
    if (!isQuiet) openBrowser(already);
    return;
  }
  const running = await serve(options, data);
  const url = `${running.secure ? 'https' : 'http'}://localhost:${running.port}/`;
  process.once('exit', sayRunning(data, { folder, pid: process.pid, url }));
  runCourse(running, options);
  if (!isQuiet) openBrowser(url);
}

try {
  await main();
} catch (error) {
  console.error(error instanceof OptionError ? error.message : `\n${(error as Error).message}`);
  process.exitCode = 1;
}
