/** Validates one value of an option: `conf__parse_bool`, `_int` and `_string` (src/conf.c). */
import { atoi, isCleanUtf8, strtol } from './c-text.ts';
import type { Facts } from './changes.ts';
import { Stop, type Statement } from './parse-state.ts';

const empty = (label: string, { quote }: Facts): string =>
  `Error: Empty ${quote(label)} value in configuration.`;

/** The next word. Without one: a Stop. */
export function word({ words, facts }: Statement, label: string): string {
  const found = words.next();
  if (found === undefined) throw new Stop(empty(label, facts));
  return found;
}

/** The next word of an option that older versions only complain about if it is empty. */
export function wordIfAny(statement: Statement, label: string): string | undefined {
  const { words, facts, log } = statement;
  const found = words.next();
  if (found !== undefined) return found;
  if (facts.emptyIsAnError) throw new Stop(empty(label, facts));
  log('error', empty(label, facts));
  return undefined;
}

/** `conf__parse_bool` */
export function bool(statement: Statement, label: string): boolean {
  const text = word(statement, label);
  if (text === 'true' || text === '1') return true;
  if (text === 'false' || text === '0') return false;
  throw new Stop(`Error: Invalid ${statement.facts.quote(label)} value (${text}).`);
}

/** `conf__parse_int` */
export function int(statement: Statement, label: string): number {
  return number(word(statement, label), label, statement.facts);
}

export function number(text: string, label: string, { wholeNumbers, quote }: Facts): number {
  if (!wholeNumbers) return atoi(text);
  const value = strtol(text);
  if (value === undefined) throw new Stop(`Error: ${quote(label)} value not a number.`);
  if (value > 2_147_483_647 || value < -2_147_483_648) {
    throw new Stop(`Error: ${quote(label)} value out of range.`);
  }
  return value;
}

/** `conf__parse_string`: the checks of the rest of the line, without blanks. */
export function checkText(text: string, label: string, facts: Facts): void {
  if (text === '') throw new Stop(empty(label, facts));
  if (!isCleanUtf8(text)) throw new Stop('Error: Malformed UTF-8 in configuration.');
}
