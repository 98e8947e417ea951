import type { FromFrame, ToFrame } from './frame-messages.ts';
import { fetchPart, PartGone } from '../store/part-gone.ts';
import { keptFrameUrl } from './kept-frame.ts';
import type { StartDevice } from './messages.ts';

/** URLs of the built files (`public/vendor/manifest.json`). */
export interface DeviceUrls {
  frame: string;
  runtime: string;
}

/** Longer than the slowest phone needs, shorter than a person waits. */
const PATIENCE_MS = 4000;

/** The frame only has to respond; on a busy machine it may wait for its turn. */
const ANSWER_MS = 2000;

/** The page's side of the sandboxed frame. */
export class Frame {
  #usable = true;
  #isPlaced = false;
  readonly ready: Promise<void>;
  readonly #url: string;
  #element = document.createElement('iframe');
  #waiting = new Map<number, { started(): void; broken(message: string): void }>();
  #asked = new Set<() => void>();

  constructor(urls: DeviceUrls) {
    this.#url = urls.frame;
    this.#element.hidden = true;
    this.#element.title = '';
    this.#element.setAttribute('aria-hidden', 'true');
    addEventListener('message', this.#receive);
    this.ready = Promise.all([fetchText(urls.runtime), this.#load(urls.frame)]).then(([runtime]) =>
      this.#post({ type: 'boot', runtime }),
    );
    this.ready.catch(() => this.giveUp());
  }

  async #load(url: string): Promise<void> {
    const kept = await keptFrameUrl(url);
    const loaded = new Promise<void>((resolve, reject) => {
      this.#element.onload = () => resolve();
      this.#element.onerror = () => reject(new Error('frame.html'));
    });
    // Never allow-same-origin: its origin is opaque, so it has no cookies, no storage, no network.
    if (!kept) this.#element.setAttribute('sandbox', 'allow-scripts');
    this.#element.src = kept ?? url;
    document.body.append(this.#element);
    this.#isPlaced = true;
    await loaded;
    // A document that this page can see has this page's origin: no place for somebody's program.
    if (this.#element.contentDocument) throw new Error('the frame is not sandboxed');
  }

  async start(
    id: number,
    device: StartDevice,
    control: MessagePort,
    broken: (message: string) => void,
  ): Promise<void> {
    await this.ready;
    await new Promise<void>((resolve, reject) => {
      const timer = setTimeout(() => void this.#silence().then(reject), PATIENCE_MS);
      const started = (): void => {
        clearTimeout(timer);
        resolve();
      };
      this.#waiting.set(id, { started, broken });
      this.#post({ type: 'start', id, device }, [control]);
    });
  }

  /** Why it does not answer. A host's page for what isn't there loads as well as the frame's own. */
  async #silence(): Promise<Error> {
    const kept = await keptFrameUrl(this.#url);
    const found = kept ? undefined : await fetchPart(this.#url, { method: 'HEAD' }).catch((e) => e);
    return found instanceof PartGone ? found : new Error('the frame does not answer');
  }

  stop(id: number): void {
    this.#waiting.delete(id);
    this.#post({ type: 'stop', id });
  }

  /**
   * Whether its process is alive. Asked twice: if the page itself was blocked, the first response
   * is late.
   */
  async isAlive(): Promise<boolean> {
    return (await this.#answers()) || (await this.#answers());
  }
  #answers(): Promise<boolean> {
    return new Promise((resolve) => {
      const settle = (answered: boolean) => {
        clearTimeout(timer);
        this.#asked.delete(here);
        resolve(answered);
      };
      const here = () => settle(true);
      const timer = setTimeout(() => settle(false), ANSWER_MS);
      this.#asked.add(here);
      this.#post({ type: 'ask', id: 0 });
    });
  }

  /** False once it has not responded, or was removed from the page. */
  get usable(): boolean {
    return this.#usable && (!this.#isPlaced || this.#element.isConnected);
  }
  giveUp(): void {
    this.#usable = false;
  }

  dispose(): void {
    this.giveUp();
    removeEventListener('message', this.#receive);
    this.#element.remove();
  }

  #post(message: ToFrame, transfer: Transferable[] = []): void {
    // An opaque origin has no name: '*' is the only address that reaches it.
    this.#element.contentWindow?.postMessage(message, '*', transfer);
  }

  #receive = (event: MessageEvent<FromFrame>): void => {
    if (event.source !== this.#element.contentWindow || typeof event.data !== 'object') return;
    if (event.data?.type === 'here') for (const here of [...this.#asked]) here();
    const waiting = this.#waiting.get(event.data?.id);
    if (event.data?.type === 'started') waiting?.started();
    else if (event.data?.type === 'broken') waiting?.broken(String(event.data.message));
  };
}

const fetchText = async (url: string): Promise<string> => (await fetchPart(url)).text();
