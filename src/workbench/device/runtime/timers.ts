type Callback = (...values: unknown[]) => void;

/** The native timers, kept from before the program could change them. */
export interface NativeTimers {
  setTimeout(callback: Callback, ms?: number, ...values: unknown[]): unknown;
  clearTimeout(id: unknown): void;
  setInterval(callback: Callback, ms?: number, ...values: unknown[]): unknown;
  clearInterval(id: unknown): void;
}

/** Timers of one program that may wait at once: each holds memory that no other bound counts. */
export const MAX_TIMERS = 10_000;

/**
 * Counts timers, so that the runtime knows when a program has nothing left to do. `changed` is
 * called after each timer that ends. What `tooMany` returns is thrown instead of making a timer
 * above the bound.
 */
export function countedTimers(
  native: NativeTimers,
  { changed, tooMany }: { changed(): void; tooMany(): Error },
) {
  const pending = new Set<unknown>();
  function insistOnPlace(): void {
    if (pending.size >= MAX_TIMERS) throw tooMany();
  }
  const clear = (stop: (id: unknown) => void) => (id: unknown) => {
    stop(id);
    if (pending.delete(id)) changed();
  };
  return {
    count: () => pending.size,
    timers: {
      setTimeout(callback: Callback, ms?: number, ...values: unknown[]): unknown {
        insist(callback);
        insistOnPlace();
        const id = native.setTimeout(
          (...given: unknown[]) => {
            pending.delete(id);
            try {
              callback(...given);
            } finally {
              changed();
            }
          },
          ms,
          ...values,
        );
        pending.add(id);
        return id;
      },
      setInterval(callback: Callback, ms?: number, ...values: unknown[]): unknown {
        insist(callback);
        insistOnPlace();
        const id = native.setInterval(callback, ms, ...values);
        pending.add(id);
        return id;
      },
      clearTimeout: clear((id) => native.clearTimeout(id)),
      clearInterval: clear((id) => native.clearInterval(id)),
    },
  };
}

/** A browser would run a text as a program; Node refuses it with this message. */
function insist(callback: unknown): void {
  if (typeof callback === 'function') return;
  throw new TypeError(
    `The "callback" argument must be of type function. Received ${typeof callback}`,
  );
}
