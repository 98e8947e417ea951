/** What is known of an option of mosquitto.conf. */
import { mosquittoVersions, type MosquittoVersion } from '../../protocol/mosquitto.ts';
import type { Facts } from './changes.ts';

export type Value = string | number | boolean;
/** Whose setting it is. */
export type Scope = 'broker' | 'security' | 'listener' | 'bridge' | 'plugin';
/** Why the sandbox does not act on a setting: key of the language files (`files.ignored.<reason>`). */
export type Reason = 'bridge' | 'log' | 'machine' | 'tls' | 'psk' | 'session' | 'topic' | 'plugin';

export interface OptionSpec {
  in: Scope;
  takes: 'bool' | 'int' | 'string';
  /** The version that brought it; absent: all have it. */
  since?: MosquittoVersion;
  /** The version that no longer has it. */
  until?: MosquittoVersion;
  /** The option of which this is another name. */
  as?: string;
  /** Its name in Mosquitto's errors, if it differs. */
  label?: string;
  /** Since when it is deprecated, what 2.1 says to that, and what older versions say. */
  deprecated?: { since: MosquittoVersion; hint: string; older: string };
  /** A message that is logged whenever the option occurs. */
  notice?: string;
  /** Since when a second value replaces the first. Before, it is an error. */
  again?: MosquittoVersion;
  /** Where 2.1 wants a `listener` above it; absent: it makes the default listener. */
  needs?: 'listener';
  /** Mosquitto's error for a value that it does not take. */
  refuses?: (value: number, facts: Facts) => string | undefined;
  /** The same of a text. */
  refusesText?: (value: string, facts: Facts) => string | undefined;
  /** How Mosquitto changes an accepted value. */
  kept?: (value: number) => number;
  /** A message that is logged if it changes the value. */
  remarks?: string;
  /** The sandbox reads the option and does nothing with it … */
  ignored?: Reason;
  /** … which nobody notices where it says this, Mosquitto's own default. */
  unless?: Value;
}

const rank = (version: MosquittoVersion): number => mosquittoVersions.indexOf(version);

/** Whether a version is the other, or a later one. */
export const isAtLeast = (version: MosquittoVersion, other: MosquittoVersion = '2.0.11'): boolean =>
  rank(version) >= rank(other);

/** Whether a version has what came with `since` and went with `until`. */
export const isIn = (
  version: MosquittoVersion,
  since?: MosquittoVersion,
  until?: MosquittoVersion,
): boolean => isAtLeast(version, since) && (until === undefined || !isAtLeast(version, until));

export const u16 = 65_535;
export const atLeast0 = (value: number): number => Math.max(0, value);

/** `refuses` for what is not from `low` to `high`. */
export const outside =
  (low: number, high: number, text: (value: number, facts: Facts) => string) =>
  (value: number, facts: Facts): string | undefined =>
    value < low || value > high ? text(value, facts) : undefined;

/** `Error: Invalid <name> value (<number>).` */
export const invalid =
  (name: string) =>
  (value: number, { quote }: Facts): string =>
    `Error: Invalid ${quote(name)} value (${value}).`;
