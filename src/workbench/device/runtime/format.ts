/** `util.format` of Node's console: the arguments of one call as one text. */
import { MAX_TEXT } from '../fit-text.ts';
import { cut, inspect, MAX_DEPTH, safely } from './inspect.ts';
import { withScriptNames } from './stack-names.ts';

/** The arguments of one console call → its text; `fit` shortens what is longer than `MAX_TEXT`. */
export function format(
  values: readonly unknown[],
  fit: (text: string, leftOut: number) => string = cut,
): string {
  const [first, ...rest] = values;
  const words: string[] = [];
  if (typeof first === 'string') words.push(withScriptNames(fill(first, rest)));
  else if (values.length > 0) words.push(inspect(first));
  for (const value of rest)
    words.push(typeof value === 'string' ? withScriptNames(value) : inspect(value));
  let leftOut = 0;
  const kept = words.map((word) => {
    const most = word.slice(0, MAX_TEXT);
    leftOut += word.length - most.length;
    return most;
  });
  return fit(kept.join(' '), leftOut);
}

/** Replaces `%s %d %i %f %j %o %O %c %%`; takes what it uses off the front of `rest`. */
function fill(template: string, rest: unknown[]): string {
  if (rest.length === 0 || !template.includes('%')) return template;
  return template.slice(0, MAX_TEXT).replace(/%[sdifjoOc%]/g, (mark) => {
    if (mark === '%%') return '%';
    if (rest.length === 0) return mark;
    const value = rest.shift();
    switch (mark) {
      case '%s':
        return text(value);
      case '%d':
        return typeof value === 'object' || typeof value === 'symbol'
          ? 'NaN'
          : String(Number(value));
      case '%i':
        return typeof value === 'object' || typeof value === 'symbol'
          ? 'NaN'
          : String(parseInt(String(value), 10));
      case '%f':
        return typeof value === 'symbol' ? 'NaN' : String(parseFloat(String(value)));
      case '%j':
        return json(value);
      case '%c':
        return '';
      default:
        return inspect(value);
    }
  });
}

/** `%s`: an object's own `toString` if it has one, as a Buffer has. */
function text(value: unknown): string {
  if (typeof value === 'bigint') return `${value}n`;
  if (typeof value === 'object' && value !== null && !hasOwnText(value))
    return inspect(value, MAX_DEPTH);
  return safely(() => cut(String(value)), '[Object]');
}

function hasOwnText(value: object): boolean {
  return safely(() => {
    const method: unknown = Reflect.get(value, 'toString');
    return (
      typeof method === 'function' &&
      !Function.prototype.toString.call(method).includes('[native code]')
    );
  }, false);
}

function json(value: unknown): string {
  try {
    return JSON.stringify(value) ?? 'undefined';
  } catch {
    return '[Circular]';
  }
}
