/** The page's side: Playwright sends this function's own text, so it uses nothing of this file. */
import type { Frame } from './frames.ts';

/**
 * Begins, feeds and ends workers as the frames say. Resolves when it is connected.
 * @param socket URL of the WebSocket
 * @param script URL of the workers' module
 */
export function serveWorkers({
  socket,
  script,
}: Record<'socket' | 'script', string>): Promise<void> {
  const workers = new Map<number, { worker: Worker; ports: number[] }>();
  const ports = new Map<number, MessagePort>();
  const wire = new WebSocket(socket);
  wire.binaryType = 'arraybuffer';
  const send = (frame: Frame) => wire.send(JSON.stringify(frame));

  function listen(number: number, port: MessagePort): void {
    ports.set(number, port);
    port.onmessage = ({ data }: MessageEvent<unknown>) => {
      if (!(data instanceof Uint8Array)) return send({ to: 'port', port: number, data });
      const frame = new Uint8Array(4 + data.length);
      new DataView(frame.buffer).setUint32(0, number);
      frame.set(data, 4);
      wire.send(frame);
    };
  }
  function begin(number: number) {
    const worker = new Worker(script, { type: 'module' });
    worker.onmessage = ({ data }: MessageEvent<unknown>) =>
      send({ to: 'worker', worker: number, data });
    worker.onerror = (event) => {
      event.preventDefault();
      send({ to: 'end', worker: number, error: event.message || 'the worker failed' });
    };
    const one = { worker, ports: [] as number[] };
    workers.set(number, one);
    return one;
  }
  function take(frame: Frame): void {
    if (frame.to === 'port') return ports.get(frame.port)?.postMessage(frame.data);
    const { worker, ports: own } = workers.get(frame.worker) ?? begin(frame.worker);
    if (frame.to === 'end') {
      worker.terminate();
      workers.delete(frame.worker);
      for (const port of own) ports.delete(port);
      return;
    }
    if (!frame.port) return worker.postMessage(frame.data);
    const { port1, port2 } = new MessageChannel();
    listen(frame.port.number, port1);
    own.push(frame.port.number);
    worker.postMessage({ ...(frame.data as object), [frame.port.name]: port2 }, [port2]);
  }
  wire.onmessage = ({ data }: MessageEvent<string | ArrayBuffer>) => {
    if (typeof data === 'string') return take(JSON.parse(data) as Frame);
    const bytes = new Uint8Array(data.slice(4));
    ports.get(new DataView(data).getUint32(0))?.postMessage(bytes, [bytes.buffer]);
  };
  return new Promise((resolve, reject) => {
    wire.onopen = () => resolve();
    wire.onerror = () => reject(new Error('no way back'));
  });
}
