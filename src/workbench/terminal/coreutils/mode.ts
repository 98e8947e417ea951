/** Modes of files as chmod(1) reads them and ls(1) writes them. */

/** Of a shell that nobody gave another. */
export const umask = 0o022;
const ALL = 0o7777;
/** Of a directory they stay unless they are named. */
const SET_IDS = 0o6000;

const spread = (bits: number): number => (bits & 7) * 0o111;
const whose = { u: 0o4700, g: 0o2070, o: 0o1007, a: ALL } as const;
const masks = { r: 0o444, w: 0o222, x: 0o111, s: 0o6000, t: 0o1000 } as const;

const octal = /^[0-7]{1,5}$/;
const clause = /^([ugoa]*)((?:[-+=](?:[rwxXst]*|[ugo]))+)$/;
const operation = /([-+=])([rwxXst]*|[ugo])(?=[-+=]|$)/g;

/**
 * @param mode `640`, `u=rw,g=r,o=`, `+x` …
 * @param mask of the bits that a clause without `u`, `g`, `o` or `a` leaves alone
 * @returns undefined if it is none
 */
export function newMode(
  before: number,
  mode: string,
  isDirectory: boolean,
  mask = umask,
): number | undefined {
  if (octal.test(mode)) {
    const bits = parseInt(mode, 8);
    if (bits > ALL) return undefined;
    return isDirectory && mode.length < 5 ? bits | (before & SET_IDS) : bits;
  }
  let bits = before;
  for (const part of mode.split(',')) {
    const [, who = '', operations] = clause.exec(part) ?? [];
    if (operations === undefined) return undefined;
    const affected = [...who].reduce((sum, each) => sum | whose[each as keyof typeof whose], 0);
    for (const [, sign, letters] of operations.matchAll(operation)) {
      const kept = isDirectory && !/s/.test(letters!) ? SET_IDS : 0;
      const value = valueOf(letters!, bits, isDirectory) & (affected || ~mask) & ~kept;
      if (sign === '+') bits |= value;
      else if (sign === '-') bits &= ~value;
      else bits = (bits & ((affected ? ~affected & ALL : 0) | kept)) | value;
    }
  }
  return bits;
}

function valueOf(letters: string, bits: number, isDirectory: boolean): number {
  if (letters === 'u') return spread(bits >> 6);
  if (letters === 'g') return spread(bits >> 3);
  if (letters === 'o') return spread(bits);
  return [...letters].reduce((sum, letter) => {
    if (letter !== 'X') return sum | masks[letter as keyof typeof masks];
    return isDirectory || bits & masks.x ? sum | masks.x : sum;
  }, 0);
}

/** `rw-r-----` */
export function modeWords(bits: number): string {
  const three = (at: number, special: number, letter: string): string => {
    const own = bits >> at;
    const x = bits & special ? (own & 1 ? letter : letter.toUpperCase()) : own & 1 ? 'x' : '-';
    return `${own & 4 ? 'r' : '-'}${own & 2 ? 'w' : '-'}${x}`;
  };
  return three(6, 0o4000, 's') + three(3, 0o2000, 's') + three(0, 0o1000, 't');
}

/** `0640 (rw-r-----)` */
export const modeInFull = (bits: number): string =>
  `${bits.toString(8).padStart(4, '0')} (${modeWords(bits)})`;
