/**
 * One value as Node's `util.inspect` prints it with its defaults, for workers, which have none. Bounded
 * in depth, items and characters; a getter is never run, and a proxy that throws breaks nothing.
 */

import { MAX_TEXT } from '../fit-text.ts';
import { withScriptNames } from './stack-names.ts';

export const MAX_DEPTH = 2;
const MAX_ITEMS = 100;
const MAX_BYTES = 50;
const LINE_WIDTH = 72;

interface State {
  ancestors: object[];
  /** Characters that may still be written; an object with a million long strings stops here. */
  left: number;
}

/** One value as Node would show it at a prompt; `depth` is its nesting depth. */
export function inspect(value: unknown, depth = 0): string {
  return show(value, depth, { ancestors: [], left: MAX_TEXT });
}

export function cut(text: string, leftOut = 0): string {
  return text.length + leftOut <= MAX_TEXT ? text : `${text.slice(0, MAX_TEXT - 1)}…`;
}

function show(value: unknown, depth: number, state: State): string {
  switch (typeof value) {
    case 'string':
      return spend(
        depth === 0 ? quote(value.slice(0, MAX_TEXT)) : quote(value.slice(0, state.left)),
        state,
      );
    case 'bigint':
      return `${value}n`;
    case 'symbol':
      return value.toString();
    case 'function':
      return showFunction(value);
    case 'object':
      return value === null ? 'null' : safely(() => showObject(value, depth, state), '[Object]');
    case 'number':
      return Object.is(value, -0) ? '-0' : String(value);
    default:
      return String(value);
  }
}

function spend(text: string, state: State): string {
  state.left -= text.length;
  return text;
}

/** Single quotes unless the text holds them, as Node chooses. */
function quote(text: string): string {
  const mark = !text.includes("'")
    ? "'"
    : !text.includes('"')
      ? '"'
      : !text.includes('`')
        ? '`'
        : "'";
  const escaped = text
    .replaceAll('\\', '\\\\')
    .replaceAll('\n', '\\n')
    .replaceAll('\r', '\\r')
    .replaceAll('\t', '\\t')
    .replace(
      /[\u0000-\u001f\u007f]/g,
      (c) => `\\x${c.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`,
    );
  return mark + (mark === "'" ? escaped.replaceAll("'", "\\'") : escaped) + mark;
}

function showFunction(value: object): string {
  const name = ownValue(value, 'name');
  const label = typeof name === 'string' && name ? name : '';
  const source = safely(() => Function.prototype.toString.call(value), '');
  if (source.startsWith('class')) return `[class ${label || '(anonymous)'}]`;
  const kind = constructorName(value) ?? 'Function';
  return label ? `[${kind}: ${label}]` : `[${kind} (anonymous)]`;
}

function showObject(value: object, depth: number, state: State): string {
  if (state.ancestors.includes(value)) return '[Circular *1]';
  const name = constructorName(value);
  if (value instanceof Error) return showError(value, depth, state);
  if (value instanceof Date) return safely(() => value.toISOString(), 'Invalid Date');
  if (value instanceof RegExp)
    return safely(() => RegExp.prototype.toString.call(value), '[RegExp]');
  if (value instanceof Promise) return 'Promise {}';
  if (isBuffer(value)) return showBuffer(value);
  const prefix = prefixOf(value, name);
  if (state.left <= 0) return '…';
  if (depth > MAX_DEPTH)
    return Array.isArray(value) ? '[Array]' : `[${name ?? 'Object: null prototype'}]`;
  state.ancestors.push(value);
  const parts = safely(() => partsOf(value, depth + 1, state), ['…']);
  state.ancestors.pop();
  const isList =
    Array.isArray(value) || (ArrayBuffer.isView(value) && !(value instanceof DataView));
  return join(parts, prefix, isList ? '[' : '{', isList ? ']' : '}', depth);
}

function prefixOf(value: object, name: string | null): string {
  if (Array.isArray(value))
    return name === 'Array' ? '' : `${name ?? '[Array: null prototype]'}(${value.length}) `;
  if (value instanceof Map || value instanceof Set) return `${name}(${value.size}) `;
  if (ArrayBuffer.isView(value) && 'length' in value) return `${name}(${String(value.length)}) `;
  if (name === null) return '[Object: null prototype] ';
  return name === 'Object' ? '' : `${name} `;
}

function partsOf(value: object, depth: number, state: State): string[] {
  const parts: string[] = [];
  const add = (make: () => string): boolean => {
    if (parts.length >= MAX_ITEMS || state.left <= 0) return false;
    parts.push(spend(make(), state));
    return true;
  };
  let total = 0;
  if (value instanceof Map) {
    total = value.size;
    for (const [key, item] of Map.prototype.entries.call(value)) {
      if (!add(() => `${show(key, depth, state)} => ${show(item, depth, state)}`)) break;
    }
  } else if (value instanceof Set) {
    total = value.size;
    for (const item of Set.prototype.values.call(value))
      if (!add(() => show(item, depth, state))) break;
  } else if (Array.isArray(value) || (ArrayBuffer.isView(value) && 'length' in value)) {
    const list = value as ArrayLike<unknown>;
    total = list.length;
    for (let i = 0; i < list.length; i++) {
      if (!add(() => (i in list ? show(ownValue(list, String(i)), depth, state) : '<empty>')))
        break;
    }
  }
  const left = total - parts.length;
  if (left > 0) parts.push(`... ${left} more item${left > 1 ? 's' : ''}`);
  const isList = total > 0 || Array.isArray(value) || ArrayBuffer.isView(value);
  const keys = isList ? [] : Reflect.ownKeys(value).filter((key) => isEnumerable(value, key));
  for (const key of keys)
    if (!add(() => `${showKey(key)}: ${showProperty(value, key, depth, state)}`)) break;
  if (keys.length > parts.length && total === 0)
    parts.push(`... ${keys.length - parts.length} more`);
  return parts;
}

function showKey(key: string | symbol): string {
  if (typeof key === 'symbol') return `[${key.toString()}]`;
  return /^[A-Za-z_$][\w$]*$/.test(key) ? key : quote(key.slice(0, MAX_TEXT));
}

function showProperty(value: object, key: string | symbol, depth: number, state: State): string {
  const property = Reflect.getOwnPropertyDescriptor(value, key);
  if (!property || 'value' in property) return show(property?.value, depth, state);
  return property.get ? (property.set ? '[Getter/Setter]' : '[Getter]') : '[Setter]';
}

function showError(error: Error, depth: number, state: State): string {
  const stack = stackOf(error);
  const title = titleOf(error);
  let text = stack ? stack.slice(0, MAX_TEXT) : `[${title}]`;
  // Some engines leave name and message out of the stack.
  if (!text.startsWith('[') && !text.includes(title)) text = `${title}\n${text}`;
  const keys = Object.keys(error).filter((key) => key !== 'stack' && key !== 'message');
  if (keys.length === 0 || depth > MAX_DEPTH) return spend(text, state);
  state.ancestors.push(error);
  const parts = keys.map((key) => `${showKey(key)}: ${showProperty(error, key, depth + 1, state)}`);
  state.ancestors.pop();
  return spend(`${text} {\n  ${parts.join(',\n  ')}\n}`, state);
}

/** Empty if the error has none. */
export function stackOf(error: Error): string {
  const stack = ownValue(error, 'stack');
  return typeof stack === 'string' ? withScriptNames(stack) : '';
}

/** `TypeError: message`, whatever has been thrown. */
export function titleOf(thrown: unknown): string {
  if (!safely(() => thrown instanceof Error, false))
    return cut(typeof thrown === 'string' ? thrown : inspect(thrown));
  const error = thrown as Error;
  const name = safely(() => String(error.name), 'Error');
  const message = safely(() => String(error.message), '');
  return cut(message ? `${name}: ${message}` : name);
}

function isBuffer(value: object): value is Uint8Array {
  return (
    value instanceof Uint8Array &&
    safely(() => '_isBuffer' in value || constructorName(value) === 'Buffer', false)
  );
}

function showBuffer(bytes: Uint8Array): string {
  const shown = Array.from(bytes.subarray(0, MAX_BYTES), (byte) =>
    byte.toString(16).padStart(2, '0'),
  );
  const left = bytes.length - shown.length;
  if (left > 0) shown.push(`... ${left} more byte${left > 1 ? 's' : ''}`);
  return `<Buffer${shown.length > 0 ? ' ' : ''}${shown.join(' ')}>`;
}

function join(parts: string[], prefix: string, open: string, close: string, depth: number): string {
  if (parts.length === 0) return `${prefix}${open}${close}`;
  const oneLine = `${prefix}${open} ${parts.join(', ')} ${close}`;
  if (oneLine.length + depth * 2 <= LINE_WIDTH && !oneLine.includes('\n')) return oneLine;
  const indent = '  '.repeat(depth + 1);
  return `${prefix}${open}\n${indent}${parts.join(`,\n${indent}`)}\n${'  '.repeat(depth)}${close}`;
}

function constructorName(value: object): string | null {
  return safely(() => {
    let at: object | null = value;
    for (let i = 0; at && i < 8; i++, at = Object.getPrototypeOf(at) as object | null) {
      const maker = ownValue(at, 'constructor');
      const name = typeof maker === 'function' ? ownValue(maker, 'name') : undefined;
      if (typeof name === 'string' && name) return name.slice(0, 100);
    }
    return null;
  }, 'Object');
}

function isEnumerable(value: object, key: string | symbol): boolean {
  return Reflect.getOwnPropertyDescriptor(value, key)?.enumerable ?? false;
}

function ownValue(value: object, key: string): unknown {
  return safely(() => {
    const property = Reflect.getOwnPropertyDescriptor(value, key);
    if (property && 'value' in property) return property.value as unknown;
    // V8 keeps `stack` behind an accessor of its own; any other getter is not called.
    return key === 'stack' && property?.get ? Reflect.get(value, key) : undefined;
  }, undefined);
}

/** A proxy or a getter may throw from anywhere. */
export function safely<T>(read: () => T, otherwise: T): T {
  try {
    return read();
  } catch {
    return otherwise;
  }
}
