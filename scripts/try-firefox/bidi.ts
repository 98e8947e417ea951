/** As much of WebDriver BiDi as `try-firefox.ts` and `e2e/firefox.spec.ts` need. */
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';

const INSTALLED = ['/usr/bin/firefox-esr', '/usr/bin/firefox'];
/** Where a Firefox is; `RETAINED_FIREFOX` names another place. */
export const firefox = (): string | undefined =>
  process.env['RETAINED_FIREFOX'] ?? INSTALLED.find((one) => existsSync(one));
const PATIENCE_MS = 30_000;
/** WebDriver, section 17.4.2: keys without a character. */
const enterKey = '\uE007';

export interface FirefoxPage {
  open(url: string): Promise<void>;
  /** Runs a script in the page; its value if it is a primitive one. */
  evaluate(script: string): Promise<unknown>;
  /** Resolves once the expression is true. */
  until(expression: string): Promise<void>;
  /** Presses the key of each character, where the focus is; `\n` is Enter. */
  type(text: string): Promise<void>;
  close(): Promise<void>;
}
export interface Firefox {
  version: string;
  newPage(): Promise<FirefoxPage>;
  close(): Promise<void>;
}

/** @returns undefined if there is none on this machine; `RETAINED_FIREFOX` names another place */
export async function startFirefox(profile: string): Promise<Firefox | undefined> {
  const path = firefox();
  if (!path) return undefined;
  const flags = ['--headless', '--no-remote', '--profile', profile];
  const child = spawn(path, [...flags, '--remote-debugging-port', '0'], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const address = await new Promise<string>((resolve, reject) => {
    let said = '';
    child.stderr.on('data', (chunk: Buffer) => {
      said += chunk.toString();
      const found = /WebDriver BiDi listening on (ws:\S+)/.exec(said);
      if (found?.[1]) resolve(found[1]);
    });
    child.once('exit', () => reject(new Error(`Firefox ended:\n${said}`)));
  });
  const connection = await connect(`${address}/session`);
  const { capabilities } = await connection.send('session.new', { capabilities: {} });
  const { browserName, browserVersion } = capabilities as Record<string, string>;
  return {
    version: `${browserName} ${browserVersion}`,
    async newPage() {
      const { context } = await connection.send('browsingContext.create', { type: 'tab' });
      return pageOf(connection, context as string);
    },
    async close() {
      const gone = new Promise((resolve) => child.once('exit', resolve));
      connection.close();
      child.kill();
      await gone;
    },
  };
}

function pageOf({ send }: Connection, context: string): FirefoxPage {
  const evaluate = async (script: string): Promise<unknown> => {
    const answer = await send('script.evaluate', {
      expression: script,
      target: { context },
      awaitPromise: true,
    });
    if (answer['type'] === 'exception') throw new Error(JSON.stringify(answer['exceptionDetails']));
    return (answer['result'] as { value?: unknown } | undefined)?.value;
  };
  return {
    async open(url) {
      await send('browsingContext.navigate', { context, url, wait: 'complete' });
    },
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
      const keyboard = { type: 'key', id: 'keyboard', actions };
      await send('input.performActions', { context, actions: [keyboard] });
    },
    async close() {
      await send('browsingContext.close', { context });
    },
  };
}

type Answer = Record<string, unknown>;
interface Connection {
  send(method: string, params: object): Promise<Answer>;
  close(): void;
}

async function connect(url: string): Promise<Connection> {
  const socket = new WebSocket(url);
  await new Promise((resolve, reject) => {
    socket.onopen = resolve;
    socket.onerror = () => reject(new Error(`no connection to ${url}`));
  });
  const waiting = new Map<number, PromiseWithResolvers<Answer>>();
  socket.onmessage = ({ data }: MessageEvent<string>) => {
    const { id, type, result, error, message } = JSON.parse(data) as {
      id?: number;
      type: string;
      result: Answer;
      error?: string;
      message?: string;
    };
    const asked = id === undefined ? undefined : waiting.get(id);
    if (!asked) return;
    waiting.delete(id!);
    if (type === 'error') asked.reject(new Error(`${error}: ${message}`));
    else asked.resolve(result);
  };
  let last = 0;
  return {
    send(method, params) {
      const id = ++last;
      const asked = Promise.withResolvers<Answer>();
      waiting.set(id, asked);
      const timer = setTimeout(
        () => asked.reject(new Error(`no answer to ${method}`)),
        PATIENCE_MS,
      );
      socket.send(JSON.stringify({ id, method, params }));
      return asked.promise.finally(() => clearTimeout(timer));
    },
    close: () => socket.close(),
  };
}
