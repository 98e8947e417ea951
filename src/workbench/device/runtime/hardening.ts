/**
 * What a program's worker must not have. The frame's policy already lets it reach nothing; this keeps
 * it from bothering the browser (a worker in a worker, floods to other pages), and gives those who
 * try `fetch` a sentence instead of a riddle.
 */
const ABSENT = [
  'Worker',
  'SharedWorker',
  'BroadcastChannel',
  'MessageChannel',
  'postMessage',
  'close',
  'importScripts',
  'indexedDB',
  'caches',
  'Notification',
  'navigator',
  'locks',
  'requestAnimationFrame',
  'OffscreenCanvas',
  'FontFace',
  'WebAssembly',
  'SharedArrayBuffer',
  'createImageBitmap',
  'webkitRequestFileSystem',
  'webkitRequestFileSystemSync',
  'webkitResolveLocalFileSystemURL',
  'webkitResolveLocalFileSystemSyncURL',
];
const REFUSED = [
  'fetch',
  'XMLHttpRequest',
  'WebSocket',
  'EventSource',
  'WebTransport',
  'WebSocketStream',
];

/**
 * What every port and event is made from. A program that changed the getter of `data` would be called
 * with an event whose target is the control port, and could then speak in the page's voice.
 */
const FROZEN = ['MessagePort', 'MessageEvent', 'MessageChannel', 'Event', 'EventTarget'];

export function harden(scope: object, refusal: (name: string) => string): void {
  for (const name of FROZEN) {
    const { prototype } = (scope as Record<string, { prototype?: object } | undefined>)[name] ?? {};
    if (prototype) Object.freeze(prototype);
  }
  for (const name of ABSENT) replace(scope, name, undefined);
  for (const name of REFUSED) {
    if (!(name in scope)) continue;
    replace(scope, name, function refused(): never {
      throw new Error(refusal(name));
    });
  }
}

/** On the object and on every prototype that has it, so that no second way to it is left. */
function replace(scope: object, name: string, value: unknown): void {
  for (let at: object | null = scope; at; at = Object.getPrototypeOf(at) as object | null) {
    if (at !== scope && !Object.hasOwn(at, name)) continue;
    if (value === undefined && Reflect.deleteProperty(at, name)) continue;
    Reflect.defineProperty(at, name, { value, writable: false, configurable: false });
  }
}
