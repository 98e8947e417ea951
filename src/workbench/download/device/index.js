/**
 * The things of the page (lamp, door, bell, button, gauge, chart, display, thermometer) for a program
 * that runs in a terminal: what would be seen is printed, what would be touched is typed.
 *
 *   Enter            presses the first button
 *   <name> Enter     presses the button of that name
 *   <number> Enter   sets the first thermometer; "<name> <number>" sets the one of that name
 */
import { createInterface } from 'node:readline';

/** @type {Map<string, () => void>} */
const buttons = new Map();
/** @type {Map<string, (value: number) => void>} */
const thermometers = new Map();
let listening = false;

/** A program that listens goes on until its input ends or Ctrl-C. */
function listen() {
  if (listening) return;
  listening = true;
  createInterface({ input: process.stdin }).on('line', hear);
}

/** @param {string} line */
function hear(line) {
  const [, name = '', number] = /^(.*?)\s*(-?\d+(?:\.\d+)?)?$/.exec(line.trim()) ?? [];
  if (number !== undefined && thermometers.size > 0) {
    const set = thermometers.get(name) ?? (name === '' ? first(thermometers) : undefined);
    if (set) return set(Number(number));
  }
  const press = buttons.get(line.trim()) ?? (line.trim() === '' ? first(buttons) : undefined);
  if (press) press();
  else console.log(`There is: ${[...buttons.keys(), ...thermometers.keys()].join(', ')}`);
}

/** @template T @param {Map<string, T>} map */
const first = (map) => map.values().next().value;

/** @param {string} name @param {string} text */
const print = (name, text) => console.log(`[${name}] ${text}`);

/** @param {number} value */
function number(value) {
  if (typeof value === 'number' && Number.isFinite(value)) return value;
  throw new TypeError(`A number was expected, not ${String(value).slice(0, 100)}.`);
}

/** @param {string} name */
export function lamp(name) {
  let brightness = 0;
  /** @param {boolean | number} light */
  const set = (light) => {
    brightness = Math.min(1, Math.max(0, number(Number(light))));
    const percent = Math.round(brightness * 100);
    print(name, percent === 0 ? 'off' : percent === 100 ? 'on' : `${percent} %`);
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
}

/** @param {string} name */
export function door(name) {
  let isOpen = false;
  /** @param {boolean} open */
  const set = (open) => {
    isOpen = Boolean(open);
    print(name, isOpen ? 'open' : 'closed');
  };
  return {
    open: () => set(true),
    close: () => set(false),
    set,
    get isOpen() {
      return isOpen;
    },
  };
}

/** @param {string} name */
export function bell(name) {
  let rings = 0;
  return { ring: () => print(name, `rings: ${(rings += 1)}`) };
}

/** @param {string} name */
export function button(name) {
  /** @type {Set<() => void>} */
  const callbacks = new Set();
  buttons.set(name, () => callbacks.forEach((callback) => callback()));
  return {
    /** @param {() => void} callback */
    onPress(callback) {
      if (callbacks.size === 0) console.log(`[${name}] Press Enter, or type its name.`);
      callbacks.add(callback);
      listen();
    },
  };
}

/** @param {string} name @param {{ min?: number, max?: number, unit?: string }} [options] */
export function gauge(name, { min = 0, max = 100, unit = '' } = {}) {
  return {
    /** @param {number} value */
    set(value) {
      const share = Math.min(1, Math.max(0, (number(value) - min) / (max - min)));
      const bar = '#'.repeat(Math.round(share * 20)).padEnd(20, '.');
      print(name, `${bar} ${value} ${unit}`.trimEnd());
    },
  };
}

/** @param {string} name @param {{ unit?: string }} [options] */
export function chart(name, { unit = '' } = {}) {
  return {
    /** @param {number} value */
    add: (value) => print(name, `${number(value)} ${unit}`.trimEnd()),
  };
}

/** @param {string} name */
export function display(name) {
  return {
    /** @param {unknown} text */
    show: (text) => print(name, String(text)),
  };
}

/** @param {string} name @param {{ start?: number, unit?: string }} [options] */
export function thermometer(name, { start = 21 } = {}) {
  let set = number(start);
  /** @type {Set<(value: number) => void>} */
  const callbacks = new Set();
  // A real sensor is never quite still.
  const read = () => Math.round((set + 0.2 * Math.sin(Date.now() / 4000)) * 10) / 10;
  thermometers.set(name, (value) => {
    set = value;
    callbacks.forEach((callback) => callback(read()));
  });
  return {
    read,
    /** @param {(value: number) => void} callback */
    onChange(callback) {
      if (callbacks.size === 0) console.log(`[${name}] Type a number and Enter to change it.`);
      callbacks.add(callback);
      listen();
    },
  };
}
