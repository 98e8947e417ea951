import { createContext, runInContext } from 'node:vm';
import { setFlagsFromString } from 'node:v8';
import { describe, expect, it } from 'vitest';
import { boundMemory, type MemoryBound } from './memory.ts';

const MB = 1024 * 1024;

/** A realm of its own, because the constructors of this one are everybody's. */
function realm(): { run(code: string): unknown; bound: MemoryBound; held: number[] } {
  // A class of its own: its methods are replaced, and this realm's are everybody's.
  const context = createContext({ TextEncoder: class extends TextEncoder {}, structuredClone });
  // A page that is not isolated has none.
  runInContext('delete globalThis.SharedArrayBuffer', context);
  const scope = runInContext('globalThis', context) as typeof globalThis;
  const held: number[] = [];
  const bound = boundMemory(scope, 16 * MB);
  bound.onTooMuch = () => {
    held.push(bound.held);
    return new Error('too much');
  };
  return { run: (code) => runInContext(code, context), bound, held };
}

describe('the bound of buffers', () => {
  it.each([
    'new Uint8Array(1e6)',
    'new Float64Array(1e5)',
    'new ArrayBuffer(1e6)',
    'new ArrayBuffer(8, { maxByteLength: 1e6 })',
    'new Uint8Array(5_000)',
    'Uint8Array.from({ length: 50_000 })',
    'new Uint16Array(Array.from({ length: 50_000 }, () => 1))',
    'Reflect.construct(Uint8Array, [1e6])',
    'new (class extends Uint8Array {})(1e6)',
    'kept[0].constructor.from(kept[0])',
    'kept[0].slice()',
    'kept[0].map((x) => x)',
    'kept[0].toReversed()',
    'kept[0].buffer.slice(0)',
    'new kept[0].buffer.constructor(1e6)',
  ])('ends a program that keeps %s', (expression) => {
    const { run, held, bound } = realm();
    const code = `kept = [new Uint8Array(1e6)]; for (let all = 0; all < 64e6; all += kept.at(-1).maxByteLength ?? kept.at(-1).byteLength) kept.push(${expression});`;
    expect(() => run(code)).toThrow('too much');
    expect(held).toHaveLength(1);
    // Not long before, and never above.
    expect(bound.held).toBeGreaterThan(10 * MB);
    expect(bound.held).toBeLessThanOrEqual(16 * MB);
  });

  it('believes no instanceof', () => {
    const { run } = realm();
    run('Object.defineProperty(ArrayBuffer, Symbol.hasInstance, { value: () => true });');
    expect(() =>
      run('kept = []; while (kept.length < 64) kept.push(new Uint8Array(1e6));'),
    ).toThrow('too much');
  });

  it('refuses too many at once before they are made', () => {
    expect(() => realm().run('new Uint8Array(8e9)')).toThrow('too much');
  });

  it('counts a view of a buffer as nothing', () => {
    const { run, bound } = realm();
    run(
      'one = new ArrayBuffer(1e6); kept = Array.from({ length: 1_000 }, () => new Uint8Array(one));',
    );
    run('kept.push(...kept.map((view) => view.subarray(1)));');
    expect(bound.held).toBe(1e6);
  });

  it('gives back what was collected', async () => {
    setFlagsFromString('--expose-gc');
    const collect = runInContext('gc', createContext()) as () => void;
    const { run, bound } = realm();
    run('(() => { for (let i = 0; i < 10; i++) new Uint8Array(1e6); })()');
    expect(bound.held).toBeGreaterThan(9e6);
    await expect
      .poll(() => {
        collect();
        return bound.held;
      })
      .toBe(0);
  });

  it('leaves the constructors as they were', () => {
    const { run } = realm();
    expect(
      run('new Uint8Array([1, 2]) instanceof Uint8Array && Uint8Array.BYTES_PER_ELEMENT'),
    ).toBe(1);
    expect(run('Object.getPrototypeOf(new Uint8Array(1)).constructor === Uint8Array')).toBe(true);
    expect(run('Uint8Array.name + new Uint8Array(2).constructor.name')).toBe(
      'Uint8ArrayUint8Array',
    );
    expect(() => run('Uint8Array(1)')).toThrow(/requires 'new'/);
  });
});
