import type { FaceKind, FaceOptions, FaceValue, FromDevice } from '../messages.ts';

/** At most one message for each face in this time: a person sees no more. */
export const FACE_MS = 33;
const MOST_FACES = 12;
const MOST_POINTS = 240;
/** As `guard-faces.ts` cuts them: a name of a megabyte is not sent only to be cut there. */
const MOST_NAME = 60;
const MOST_UNIT = 12;
const MOST_DISPLAY = { text: 300, rows: 8 };

export interface FacesEnvironment {
  post(message: FromDevice): void;
  /** A timer that the program does not see. */
  later(callback: () => void, ms: number): void;
  now(): number;
  /** The program listens to a face: it does not end, like a program that reads a keyboard. */
  hold(): void;
  /** The text of the error if a program has more faces than a page can show. */
  tooMany(most: number): string;
}

/** The module `device` of one program, and the effects of the page's inputs on it. */
export function makeFaces(environment: FacesEnvironment) {
  const pending = new Map<number, FaceValue>();
  const inputs = new Map<number, (value: number) => void>();
  let faces = 0;
  let flushed = -Infinity;
  let timer = false;

  function flush(): void {
    timer = false;
    flushed = environment.now();
    for (const [id, value] of pending) environment.post({ type: 'face-value', id, value });
    pending.clear();
  }
  function send(id: number, value: FaceValue): void {
    const before = pending.get(id);
    const points = Array.isArray(value) && Array.isArray(before) ? [...before, ...value] : value;
    pending.set(id, Array.isArray(points) ? points.slice(-MOST_POINTS) : points);
    // A program that never yields is shown too; a program that yields costs one message a frame.
    if (environment.now() - flushed >= FACE_MS) flush();
    else if (!timer) {
      timer = true;
      environment.later(flush, FACE_MS);
    }
  }
  function add(kind: FaceKind, name: unknown, options: FaceOptions = {}): number {
    if (faces >= MOST_FACES) throw new Error(environment.tooMany(MOST_FACES));
    const id = ++faces;
    const text = String(name ?? kind).slice(0, MOST_NAME);
    environment.post({ type: 'face', id, kind, name: text, options: bounded(options) });
    return id;
  }
  function listeners<T extends unknown[]>() {
    const all = new Set<(...values: T) => void>();
    return {
      add(callback: (...values: T) => void): void {
        if (typeof callback !== 'function') throw new TypeError('The callback must be a function.');
        if (all.size === 0) environment.hold();
        all.add(callback);
      },
      call: (...values: T) => all.forEach((each) => each(...values)),
    };
  }

  const module = {
    lamp(name: string) {
      const id = add('lamp', name);
      let brightness = 0;
      const set = (value: boolean | number): void => {
        brightness = Math.min(1, Math.max(0, number(Number(value))));
        send(id, brightness);
      };
      return {
        on: () => set(1),
        off: () => set(0),
        toggle: () => set(brightness === 0),
        set,
        get isOn() {
          return brightness > 0;
        },
      };
    },
    door(name: string) {
      const id = add('door', name);
      let isOpen = false;
      const set = (open: boolean): void => send(id, Number((isOpen = Boolean(open))));
      return {
        open: () => set(true),
        close: () => set(false),
        set,
        get isOpen() {
          return isOpen;
        },
      };
    },
    bell(name: string) {
      const id = add('bell', name);
      let rings = 0;
      return { ring: () => send(id, (rings += 1)) };
    },
    button(name: string) {
      const presses = listeners<[]>();
      inputs.set(add('button', name), () => presses.call());
      return { onPress: presses.add };
    },
    gauge(name: string, options: FaceOptions = {}) {
      const id = add('gauge', name, { min: 0, max: 100, ...options });
      return { set: (value: number) => send(id, number(value)) };
    },
    chart(name: string, options: Pick<FaceOptions, 'unit'> = {}) {
      const id = add('chart', name, options);
      return { add: (value: number) => send(id, [number(value)]) };
    },
    display(name: string) {
      const id = add('display', name);
      return { show: (text: unknown) => send(id, shown(String(text))) };
    },
    thermometer(name: string, options: FaceOptions & { start?: number } = {}) {
      const { start = 21, ...rest } = options;
      const id = add('thermometer', name, { min: -10, max: 40, unit: '°C', ...rest });
      let set = number(start);
      const changes = listeners<[number]>();
      const read = (): number => reading(set, environment.now());
      inputs.set(id, (value) => {
        set = value;
        changes.call(read());
      });
      send(id, set);
      return { read, onChange: changes.add };
    },
  };
  return {
    module: Object.freeze(module),
    flush,
    input: (id: number, value: number) => inputs.get(id)?.(value),
  };
}

function bounded({ min, max, unit }: FaceOptions): FaceOptions {
  return {
    ...(min !== undefined && { min: Number(min) }),
    ...(max !== undefined && { max: Number(max) }),
    ...(unit !== undefined && { unit: String(unit).slice(0, MOST_UNIT) }),
  };
}

/** As many rows as a display has; further rows are not shown, as on a real display. */
function shown(text: string): string {
  return text.slice(0, MOST_DISPLAY.text).split('\n', MOST_DISPLAY.rows).join('\n');
}

/** A real sensor is never quite still: a fifth of a degree up and down, in tenths. */
export function reading(set: number, now: number): number {
  return Math.round((set + 0.2 * Math.sin(now / 4_000)) * 10) / 10;
}

function number(value: number): number {
  if (typeof value === 'number' && Number.isFinite(value)) return value;
  throw new TypeError(`A number was expected, not ${String(value).slice(0, 100)}.`);
}
