/** The course with nothing to install or build beside it. `server-bundle.ts` makes one file of it. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { version } from '../../package.json';
import { start, type RunningServer } from '../../sandbox/server/main.ts';
import { PortError } from '../../sandbox/server/ports.ts';
import type { Exercise } from '../../sandbox/protocol/exercise.ts';
import { defaults } from '../../sandbox/shared/config.ts';
import { NODE_LICENCE } from '../folder/node-licence.ts';
import { runningUrl, sayRunning } from '../folder/running.ts';
import type { HostOptions } from '../options.ts';
import { runCourse } from '../run-course.ts';
import { command, fail } from './command.ts';
import { dataFolder, usableDataFolder } from './data-folder.ts';
import { openBrowser } from './open-browser.ts';
import { isStartedAgain } from './supervise.mjs';

const modules = import.meta.glob<{ default: Exercise }>('/lessons/*/*/exercise.ts');
/** Ports that are tried before it gives up. */
const TRIES = 10;

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

const browser = ['--browser', '--no-browser'];
const args = process.argv.slice(2);
/** Who clicks twice wants the page. */
const isFolder = existsSync(join(import.meta.dirname, NODE_LICENCE));
const wantsBrowser = (isFolder || args.includes('--browser')) && !args.includes('--no-browser') && !isStartedAgain(process.env); // prettier-ignore

try {
  const code = await command(
    args.filter((arg) => !browser.includes(arg)),
    process.env,
    {
      program: 'retained',
      version,
      data: dataFolder(),
      async open(options) {
        const data = options.data ?? usableDataFolder(console.warn);
        const folder = import.meta.dirname;
        const already = options.port === undefined ? await runningUrl(data, folder) : undefined;
        if (already) {
          console.log(
            `The course runs already, in another window: ${already}\n課程已經在另一個視窗執行了。`,
          );
          if (wantsBrowser) openBrowser(already);
          return;
        }
        const running = await serve(options, data);
        const url = `${running.secure ? 'https' : 'http'}://localhost:${running.port}/`;
        process.once('exit', sayRunning(data, { folder, pid: process.pid, url }));
        runCourse(running, options);
        if (wantsBrowser) openBrowser(url);
      },
    },
  );
  if (code !== undefined) process.exitCode = code;
} catch (error) {
  fail(error);
}
