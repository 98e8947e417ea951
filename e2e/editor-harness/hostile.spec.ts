/**
 * Hostile programs in a real browser. After each one: no request left but lines to the broker,
 * nothing reached the page, and the page still runs a program.
 */
import { expect, test } from '@playwright/test';
import { open, printed, run } from './open.ts';
import type { Opened } from './open.ts';

/** Prints the outcome of each attempt, so that a test knows that the attack was really tried. */
const attempt = (code: string): string => `
const say = (what: unknown) => console.log('outcome:', what instanceof Error ? 'refused ' + what.message : what);
try { say(await (async () => { ${code} })()); } catch (error) { say(error instanceof Error ? error : new Error(String(error))); }
console.log('over');`;
const g = '(globalThis as any)';

/** Each must print an outcome that begins with `refused`. `ORIGIN` is the page's. */
const REFUSED: Record<string, string> = {
  fetch: `await ${g}.fetch('ORIGIN/evil?fetch'); return 'reached';`,
  'fetch from the prototype': `const f = Object.getPrototypeOf(Object.getPrototypeOf(globalThis)).fetch; await f.call(globalThis, 'ORIGIN/evil?proto'); return 'reached';`,
  XMLHttpRequest: `const x = new ${g}.XMLHttpRequest(); x.open('GET', 'ORIGIN/evil?xhr', false); x.send(); return 'reached';`,
  WebSocket: `new ${g}.WebSocket('WS/evil'); return 'reached';`,
  EventSource: `new ${g}.EventSource('ORIGIN/evil?es'); return 'reached';`,
  WebTransport: `new ${g}.WebTransport('https://127.0.0.1:9/'); return 'reached';`,
  importScripts: `${g}.importScripts('ORIGIN/page.js?evil'); return 'reached';`,
  'import of a URL': `const u = 'ORIGIN/page.js?evil'; await import(u); return 'reached';`,
  'import of a blob': `const u = URL.createObjectURL(new Blob(['export default 1'], { type: 'text/javascript' })); await import(u); return 'reached';`,
  eval: `(0, eval)('1'); return 'reached';`,
  Function: `new Function('return 1')(); return 'reached';`,
  'a timer with a text': `await new Promise((done, fail) => { ${g}.hit = done; setTimeout('hit()' as any, 0); setTimeout(() => fail(new Error('not run')), 50); }); return 'reached';`,
  indexedDB: `if (!${g}.indexedDB) throw new Error('absent'); await new Promise((ok, no) => { const r = ${g}.indexedDB.open('x'); r.onsuccess = ok; r.onerror = no; }); return 'reached';`,
  caches: `if (!${g}.caches) throw new Error('absent'); await ${g}.caches.open('x'); return 'reached';`,
  'the origin’s file system': `await ${g}.navigator.storage.getDirectory(); return 'reached';`,
  BroadcastChannel: `new ${g}.BroadcastChannel('x').postMessage('evil'); return 'reached';`,
  'a nested worker': `new ${g}.Worker('data:text/javascript,1'); return 'reached';`,
  'a shared worker': `new ${g}.SharedWorker('data:text/javascript,1'); return 'reached';`,
  'postMessage to the frame': `${g}.postMessage({ type: 'broken', id: 1, message: 'evil' }); return 'reached';`,
  'postMessage from a prototype': `for (let p = globalThis as any; p; p = Object.getPrototypeOf(p)) if (p.postMessage) { p.postMessage.call(globalThis, { type: 'stop', id: 1 }); return 'reached'; } throw new Error('absent');`,
  'closing its own worker': `${g}.close(); return 'reached';`,
  'an image, a font, a document': `if (typeof document === 'undefined' && !${g}.Image) throw new Error('absent'); return 'reached';`,
  'the page’s window': `return ${g}.parent ? 'reached' : new Error('absent');`,
  'cookies and storage': `return ${g}.localStorage || ${g}.sessionStorage ? 'reached' : new Error('absent');`,
  Notification: `await ${g}.Notification.requestPermission(); return 'reached';`,
  'connecting elsewhere': `const m = await import('mqtt'); m.default.connect('mqtt://127.0.0.2:1883'); return 'reached';`,
  'connecting elsewhere by servers': `const m = await import('mqtt'); m.default.connect({ servers: [{ host: 'localhost', port: 1883 }, { host: 'evil.example', port: 1883 }] }); return 'reached';`,
};

test.describe('hostile programs', () => {
  test.describe.configure({ mode: 'default' });
  let opened: Opened;
  test.beforeAll(async () => {
    opened = await open();
    await opened.page.evaluate(() => harness.host.warm());
  });
  test.afterAll(() => opened?.close());
  test.beforeEach(() => void opened.requests.splice(0));
  test.afterEach(async () => {
    expect(opened.requests.filter((request) => /evil/.test(request))).toEqual([]);
    expect(opened.troubles).toEqual([]);
    // The page is alive: it handles an event, and runs an honest program to its end.
    const honest = await run(
      opened.page,
      `import mqtt from 'mqtt';\nconst c = await mqtt.connectAsync();\nawait c.endAsync();\nconsole.log('honest');`,
    );
    expect(printed(honest)).toEqual(['honest']);
    expect(honest.at(-1)).toEqual({ type: 'ended' });
  });

  for (const [name, code] of Object.entries(REFUSED)) {
    test(`${name} is refused`, async () => {
      const text = attempt(
        code
          .replaceAll('ORIGIN', opened.origin)
          .replaceAll('WS', opened.origin.replace('http', 'ws')),
      );
      const lines = printed(await run(opened.page, text, 'over'));
      expect(lines[0]).toMatch(/^outcome: refused /);
    });
  }

  test('a flood of console lines is cut to what a person reads', async () => {
    const messages = await opened.page.evaluate(async () => {
      const run = await harness.run(`for (let i = 0; i < 200_000; i++) console.log(i);`);
      await run.wait('ended');
      return run.console;
    });
    expect(messages.length).toBeLessThan(3000);
    expect(messages.at(-1)).toMatch(/more lines left out/);
  });

  test('a huge text is cut', async () => {
    const [text] = printed(await run(opened.page, `console.log('x'.repeat(50_000_000));`));
    expect(text).toMatch(/^x{8100}\s?… 49,991,900 more characters$/);
  });

  test('markup stays text', async () => {
    const [text] = printed(await run(opened.page, `console.log('<img src=x onerror=alert(1)>');`));
    expect(text).toBe('<img src=x onerror=alert(1)>');
  });

  test('a flood over the stolen control port ends the program, not the page', async () => {
    const outcome = await opened.page.evaluate(async () => {
      // The runtime's own messages give the port away to a patched prototype.
      const run = await harness.run(
        `
        const push = Array.prototype.push; const ports: any[] = [];
        const old = MessagePort.prototype.postMessage;
        try {
          MessagePort.prototype.postMessage = function (...values: any) { ports.push(this); return old.apply(this, values); };
        } catch {
          console.log('refused');
        }
        console.log('ports', ports.length);
        for (;;) for (const port of ports) old.call(port, { type: 'console', level: 'log', text: 'x'.repeat(1e5), at: 1 });
      `
          .replaceAll(': any[]', '')
          .replaceAll('...values: any', '...values'),
      );
      await run.wait('console', 'ports');
      run.device?.stop();
      return run.console;
    });
    // The prototype is frozen before the program runs, so it never sees the port.
    expect(outcome).toEqual(['refused', 'ports 0']);
  });

  test('a flood of lines ends the program', async () => {
    const messages = await run(
      opened.page,
      `import mqtt from 'mqtt'; for (let i = 0; i < 500; i++) mqtt.connect({ clientId: 'c' + i });`,
    );
    expect(messages.at(-1)).toEqual({
      type: 'failed',
      message: 'The program was stopped: it sent more than the page can take in.',
    });
  });

  test('a flood of reconnects is bounded too', async () => {
    const messages = await run(
      opened.page,
      `import mqtt from 'mqtt'; const c = mqtt.connect({ reconnectPeriod: 1 }); c.on('connect', () => c.stream.destroy());`,
    );
    expect(messages.at(-1)).toMatchObject({ type: 'failed' });
  });

  test('publishing for ever is stopped before it fills the page', async () => {
    const messages = await run(
      opened.page,
      `import mqtt from 'mqtt'; const c = await mqtt.connectAsync(); while (true) await c.publishAsync('a', 'b');`,
    );
    expect(messages.at(-1)).toEqual({
      type: 'failed',
      message: 'The program was stopped: it sent more than the page can take in.',
    });
  });

  test('tampered prototypes harm only the program that tampers', async () => {
    const text = `
      Object.defineProperty(Object.prototype, 'type', { value: 'failed', configurable: true });
      Array.prototype.map = () => { throw new Error('map'); };
      Promise.prototype.then = function () { throw new Error('then'); } as never;
      String.prototype.replace = () => 'evil';
      JSON.stringify = () => 'evil';
      Date.now = () => NaN;
      Error.prepareStackTrace = () => { throw new Error('prepare'); };
      console.log('tampered'); throw new Error('end');`;
    const messages = await opened.page.evaluate(
      async (program) => {
        const run = await harness.run(program);
        // At least its heartbeat goes on.
        await Promise.race([run.wait('console'), run.wait('failed'), run.wait('alive')]);
        run.device?.stop();
        return run.messages;
      },
      text.replace(' as never', ''),
    );
    expect(messages.length).toBeGreaterThan(0);
    for (const message of messages)
      if (message.type === 'console') expect(Number.isFinite(message.at)).toBe(true);
  });

  test('a program that spawns timers and microtasks for ever is stopped', async () => {
    const seen = await opened.page.evaluate(async () => {
      const run = await harness.run(
        `console.log('in'); (function again() { Promise.resolve().then(again); })(); setInterval(() => {}, 0);`,
      );
      await run.wait('console', 'in');
      run.device?.stop();
      return run.console;
    });
    expect(seen).toEqual(['in']);
  });

  test('a program that eats memory is stopped in the middle of it', async () => {
    const eaten = await run(
      opened.page,
      `const all = []; for (;;) { all.push(new Array(1e6).fill(all.length)); if (all.length === 100) console.log('800 MB'); }`,
      '800 MB',
    );
    expect(printed(eaten)).toEqual(['800 MB']);
  });

  test('when the frame is gone, the next program has a new one', async () => {
    const frames = await opened.page.evaluate(async () => {
      const run = await harness.run(`console.log('in'); setInterval(() => {}, 1000);`);
      await run.wait('console', 'in');
      document.querySelector('iframe')!.remove();
      run.device?.stop();
      await (await harness.run(`console.log('again');`)).wait('ended');
      return document.querySelectorAll('iframe').length;
    });
    expect(frames).toBe(1);
  });
});
