/**
 * Buffers lie outside the heap that an engine bounds: without this a program takes all memory of the
 * machine. Every constructor of them is counted, and what is collected is given back.
 */

/** Bytes in buffers that one program may hold at once: a lesson's programs hold less than one MB. */
export const MAX_BUFFER_BYTES = 256 * 1024 * 1024;
/** Small buffers are counted together, and one of them stands for all: noting each costs time. */
const SAMPLE_BYTES = 64 * 1024;

const CONSTRUCTORS = [
  'ArrayBuffer',
  'Int8Array',
  'Uint8Array',
  'Uint8ClampedArray',
  'Int16Array',
  'Uint16Array',
  'Int32Array',
  'Uint32Array',
  'BigInt64Array',
  'BigUint64Array',
  'Float16Array',
  'Float32Array',
  'Float64Array',
];
/** Methods that make a buffer without a constructor that a program could see. */
const MAKERS: readonly [of: string, method: string][] = [
  ['ArrayBuffer.prototype', 'transfer'],
  ['ArrayBuffer.prototype', 'transferToFixedLength'],
  ['TypedArray.prototype', 'toReversed'],
  ['TypedArray.prototype', 'toSorted'],
  ['TypedArray.prototype', 'with'],
  ['TextEncoder.prototype', 'encode'],
  ['Uint8Array', 'fromBase64'],
  ['Uint8Array', 'fromHex'],
  ['globalThis', 'structuredClone'],
];

type Construct = new (...values: unknown[]) => ArrayBuffer | ArrayBufferView;
type Methods = Record<string, ((...values: unknown[]) => unknown) | undefined>;

export interface MemoryBound {
  /** Bytes that are held, as far as is known; what was collected is taken off a moment later. */
  readonly held: number;
  /** Called at the first allocation above the bound; what it returns is thrown there and from then on. */
  onTooMuch: () => Error;
}

/**
 * Counts the buffers that are made through `scope` from now on. Before any other code has taken a
 * constructor from there: then no program has the original.
 */
export function boundMemory(
  scope: typeof globalThis,
  most = MAX_BUFFER_BYTES,
  // Its own, because a program can replace the global ones.
  { construct, apply } = Reflect,
): MemoryBound {
  const bound = { held: 0, onTooMuch: () => new RangeError('Array buffer allocation failed') };
  let pending = 0;
  let sample = SAMPLE_BYTES;
  const registry = new FinalizationRegistry<number>((bytes) => {
    bound.held -= bytes;
  });
  const random = Math.random.bind(Math);
  const lengthOf = [scope.ArrayBuffer, Reflect.get(scope, 'SharedArrayBuffer') as unknown].flatMap(
    (kind) => (typeof kind === 'function' ? [byteLengthGetter(kind)] : []),
  );
  /** By what it is inside: a program can make `instanceof` say anything. */
  function isBuffer(value: unknown): boolean {
    if (typeof value !== 'object') return false;
    return lengthOf.some((get) => {
      try {
        apply(get, value, []);
        return true;
      } catch {
        return false;
      }
    });
  }

  function insist(bytes: number): void {
    if (bound.held + pending + bytes > most) throw bound.onTooMuch();
  }
  function count(made: object, bytes: number): void {
    insist(bytes);
    pending += bytes;
    if (pending < sample) return;
    registry.register(made, pending);
    bound.held += pending;
    pending = 0;
    // A program that knew which one is noted could drop just that one.
    sample = SAMPLE_BYTES * (0.5 + random());
  }
  /** Bytes that the arguments of a constructor ask for, as far as they say it before. */
  function asked(values: unknown[], width: number): number {
    const [length, options] = values;
    const { maxByteLength = 0 } = (options ?? {}) as { maxByteLength?: unknown };
    if (typeof length !== 'number') return 0;
    return Math.max(length * width, typeof maxByteLength === 'number' ? maxByteLength : 0);
  }
  function counted(original: Construct, width: number): Construct {
    const handler: ProxyHandler<Construct> = {
      construct(target, values: unknown[], newTarget) {
        const before = asked(values, width);
        if (before > 0) insist(before);
        const made = construct(target, values, newTarget) as ArrayBuffer | ArrayBufferView;
        // A view of a buffer that is there already costs nothing.
        if (!isBuffer(values[0])) count(made, before || made.byteLength);
        return made;
      },
    };
    return new Proxy(original, handler);
  }

  for (const name of CONSTRUCTORS) {
    const original = Reflect.get(scope, name) as (Construct & { BYTES_PER_ELEMENT?: number }) | undefined; // prettier-ignore
    if (!original) continue;
    const proxy = counted(original, original.BYTES_PER_ELEMENT ?? 1);
    define(scope, name, proxy);
    // `slice`, `map` and `filter` ask the prototype for it.
    define(original.prototype as object, 'constructor', proxy);
  }
  for (const [of, method] of MAKERS) {
    const owner = ownerOf(scope, of);
    const original = owner?.[method];
    if (!owner || !original) continue;
    define(owner, method, function (this: unknown, ...values: unknown[]): unknown {
      const made = apply(original, this, values) as Partial<ArrayBuffer> | null;
      if (typeof made === 'object' && made?.byteLength) count(made, made.byteLength);
      return made;
    });
  }
  return bound;
}

function byteLengthGetter(kind: object): () => unknown {
  const prototype = Reflect.get(kind, 'prototype') as object;
  return Object.getOwnPropertyDescriptor(prototype, 'byteLength')!.get as () => unknown;
}

function ownerOf(scope: typeof globalThis, path: string): Methods | undefined {
  if (path === 'globalThis') return scope as unknown as Methods;
  const [name = '', part] = path.split('.');
  const found: unknown =
    name === 'TypedArray' ? Object.getPrototypeOf(scope.Int8Array) : Reflect.get(scope, name);
  if (typeof found !== 'function') return undefined;
  return (part ? Reflect.get(found, part) : found) as Methods;
}

function define(owner: object, name: string, value: unknown): void {
  Object.defineProperty(owner, name, { value, writable: true, configurable: true });
}
