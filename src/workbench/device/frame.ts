/**
 * The script of the sandboxed frame: it starts and ends the workers in which programs run, and holds
 * nothing worth stealing. Built into `frame.js`; classic, because a module needs CORS from here.
 */
import type { FromFrame, ToFrame } from './frame-messages.ts';

const page = parent;
const workers = new Map<number, Worker>();
let runtime = '';
/** A worker that has read the runtime and waits for its program: half of the way to the first packet. */
let spare: Worker | undefined;

limitSelf();
addEventListener('message', (event: MessageEvent<ToFrame>) => {
  if (event.source !== page) return;
  const message = event.data;
  if (message.type === 'boot') {
    // V8 puts a script's URL into each line of a stack: without a name, that would be all of it.
    runtime = `data:text/javascript;charset=utf-8,${encodeURIComponent(`${message.runtime}\n//# sourceURL=runtime.js`)}`;
    spare = makeWorker();
  } else if (message.type === 'start') {
    const [control] = event.ports;
    if (control) start(message, control);
  } else if (message.type === 'ask') {
    post({ type: 'here', id: message.id });
  } else {
    workers.get(message.id)?.terminate();
    workers.delete(message.id);
  }
});

function start({ id, device }: Extract<ToFrame, { type: 'start' }>, control: MessagePort): void {
  const worker = spare ?? makeWorker();
  spare = undefined;
  workers.set(id, worker);
  worker.onerror = (event) => {
    event.preventDefault();
    post({ type: 'broken', id, message: event.message || '' });
  };
  worker.postMessage(device, [control]);
  post({ type: 'started', id });
  // Later, so that it does not compete with the program that has just been started.
  setTimeout(() => (spare ??= makeWorker()), 300);
}

function makeWorker(): Worker {
  return new Worker(runtime, { type: 'module' });
}

function post(message: FromFrame): void {
  page.postMessage(message, '*');
}

/** The policy that the server also sends as a header; a host of plain files can't. */
function limitSelf(): void {
  const own = (document.currentScript as HTMLScriptElement).src;
  const meta = document.createElement('meta');
  meta.httpEquiv = 'Content-Security-Policy';
  meta.content =
    `default-src 'none'; script-src ${own} data:; worker-src data:; connect-src 'none'; ` +
    `base-uri 'none'; form-action 'none'`;
  document.head.append(meta);
}
