/**
 * Removes globals that a program must not have. The frame's policy already blocks the network; this
 * keeps a program from disturbing the browser (workers in workers, floods of messages to other
 * pages), and a program that calls `fetch` gets a clear error.
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
  // Each holds memory that no engine bounds, and `memory.ts` does not see.
  'Blob',
  'File',
  'FileReader',
  'FileReaderSync',
  'ImageData',
  'ImageDecoder',
  'VideoFrame',
  'VideoDecoder',
  'VideoEncoder',
  'AudioData',
  'AudioDecoder',
  'AudioEncoder',
  'CompressionStream',
  'DecompressionStream',
  'Response',
  'Request',
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
 * The prototypes of ports and events. A program that changed the getter of `data` would get an
 * event whose target is the control port, and could then send messages as the runtime.
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

/** On the object and on every prototype that has it, so that no other access is left. */
function replace(scope: object, name: string, value: unknown): void {
  for (let at: object | null = scope; at; at = Object.getPrototypeOf(at) as object | null) {
    if (at !== scope && !Object.hasOwn(at, name)) continue;
    if (value === undefined && Reflect.deleteProperty(at, name)) continue;
    Reflect.defineProperty(at, name, { value, writable: false, configurable: false });
  }
}
