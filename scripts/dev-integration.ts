/**
 * `npm run dev`: the sandbox on the port of Astro's development server. Vite loads it, so an edit
 * of the sandbox or of an exercise takes effect at once: the rooms of before end, and pages make
 * new ones.
 */
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { join, sep } from 'node:path';
import type { AstroIntegration, AstroIntegrationLogger } from 'astro';
import type { ViteDevServer } from 'vite';
import type * as devSandbox from './dev-sandbox.ts';
import { root } from './build.ts';
import { readOptions } from './options.ts';

/** One edit often writes several files. */
const QUIET_MS = 100;
const OURS = /^\/(api|mqtt|watch)\//;

export function sandboxInDevelopment(): AstroIntegration {
  return {
    name: 'retained:sandbox',
    hooks: {
      'astro:server:setup': ({ server, logger }) => attach(server, logger),
    },
  };
}

function attach(server: ViteDevServer, logger: AstroIntegrationLogger): void {
  const options = readOptions([], process.env);
  const mqttPort = options === 'help' ? undefined : options.mqttPort;
  let current: Promise<devSandbox.LoadedSandbox | undefined> = Promise.resolve(undefined);
  let timer: ReturnType<typeof setTimeout> | undefined;

  const load = async (before: devSandbox.LoadedSandbox | undefined) => {
    await before?.close();
    try {
      const module = await server.ssrLoadModule(join(root, 'scripts', 'dev-sandbox.ts'));
      const loaded = await (module as typeof devSandbox).loadSandbox({
        load: (path) => server.ssrLoadModule(path) as never,
        ...(mqttPort !== undefined && { mqttPort }),
      });
      logger.info(`rooms are open; MQTT over TCP: port ${loaded.mqttPort}`);
      return loaded;
    } catch (error) {
      logger.error(`the sandbox could not start: ${(error as Error).stack}`);
      return undefined;
    }
  };
  const reload = () => (current = current.then(load));

  server.watcher.on('all', (_event, path) => {
    if (!concerns(path)) return;
    clearTimeout(timer);
    timer = setTimeout(() => void reload(), QUIET_MS);
  });
  server.httpServer?.once('listening', () => takeOurRequests(server, () => current));
  server.httpServer?.on('upgrade', (request, socket, head) => {
    // Everything else is Vite's own: its hot reload has a WebSocket too.
    if (!OURS.test(request.url ?? '')) return;
    socket.on('error', () => socket.destroy());
    void current.then((sandbox) => {
      if (!sandbox?.upgrade(request, socket, head)) socket.destroy();
    });
  });
  server.httpServer?.on('close', () => void current.then((sandbox) => sandbox?.close()));
  void reload();
}

/**
 * Before Vite and Astro see them: they refuse addresses without a slash at the end, and to import
 * what lies in `public/`.
 */
function takeOurRequests(
  { httpServer }: ViteDevServer,
  sandbox: () => Promise<devSandbox.LoadedSandbox | undefined>,
): void {
  const theirs = httpServer!.listeners('request') as RequestListener[];
  httpServer!.removeAllListeners('request');
  httpServer!.on('request', (request: IncomingMessage, response: ServerResponse) => {
    const handOn = () => theirs.forEach((listener) => listener(request, response));
    const url = request.url ?? '/';
    if (!OURS.test(url) && !url.startsWith('/vendor/')) return handOn();
    void sandbox().then((loaded) => {
      const handler = url.startsWith('/vendor/') ? loaded?.vendor : loaded?.api;
      if (handler) handler(request, response, handOn);
      else response.writeHead(503).end();
    });
  });
}

/** Files that a running sandbox is made of. */
function concerns(path: string): boolean {
  const below = path.startsWith(root) ? path.slice(root.length).split(sep).join('/') : '';
  if (below.endsWith('.test.ts')) return false;
  return below.startsWith('sandbox/') || /^lessons\/.*\/exercise\.ts$/.test(below);
}
