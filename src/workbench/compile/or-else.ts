/**
 * The first of two that gives a result; the second is called if the first fails or takes longer
 * than `ms`.
 */
export function orElse<T>(first: Promise<T>, second: () => Promise<T>, ms: number): Promise<T> {
  return new Promise((resolve, reject) => {
    let asked = false;
    const ask = (): void => {
      clearTimeout(timer);
      if (!asked) second().then(resolve, reject);
      asked = true;
    };
    const timer = setTimeout(ask, ms);
    first.then((value) => {
      clearTimeout(timer);
      resolve(value);
    }, ask);
  });
}
