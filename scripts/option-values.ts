/** What each option of a host can be: every reader takes a text and names the option if it can't be used. */
import {
  isMosquittoVersion,
  mosquittoVersions,
  type MosquittoVersion,
} from '../sandbox/protocol/mosquitto.ts';
import { parseNetwork } from '../sandbox/server/admission/remote-address.ts';
import { whyNoDatabase } from '../sandbox/store/postgres-url.ts';
import { readBase } from '../sandbox/server/site-base.ts';
import { proxiedPorts, type ProxiedPort } from '../sandbox/server/listeners/proxied.ts';

/** An invalid option; the message names the option, its source and the expected value. */
export class OptionError extends Error {
  override name = 'OptionError';
}

export interface Choice {
  /** The flag or the variable, for messages. */
  from: string;
  value: string;
}

/** An empty variable is an absent one; an empty flag is a mistake, such as a variable that is not set. */
export function notEmpty(choice: Choice | undefined): Choice | undefined {
  if (choice?.value.trim() === '')
    throw new OptionError(`${choice.from} is empty. Leave it out, or give it a value.`);
  return choice;
}

/** 0 asks the system for a free port. */
export function portNumber(choice: Choice | undefined): number | undefined {
  if (!choice) return undefined;
  const { from, value } = choice;
  const port = Number(value);
  if (!/^\d{1,5}$/.test(value) || port > 65_535) {
    throw new OptionError(`${from} is "${value}"; a port is a number from 0 to 65535.`);
  }
  return port;
}

/** What clients are told: the system chooses nothing here. */
export function publicPort(choice: Choice | undefined): number | undefined {
  const port = portNumber(choice);
  if (choice && port === 0)
    throw new OptionError(`${choice.from} is "0"; it is the port where the proxy listens.`);
  return port;
}

/** It ends the codes of rooms, and people read them aloud. */
export function processNumber(choice: Choice | undefined): number | undefined {
  if (!choice) return undefined;
  const { from, value } = choice;
  if (/^[1-9]\d?$/.test(value)) return Number(value);
  throw new OptionError(`${from} is "${value}"; it is a number from 1 to 99.`);
}

/** Never shown: it may have a password in it. */
export function database(value: string | undefined): string | undefined {
  if (!value) return undefined;
  const why = whyNoDatabase(value);
  if (why === null) return value;
  throw new OptionError(`DATABASE_URL can't be used: ${why}`);
}

/** Ten years are for ever. */
export function days(choice: Choice | undefined): number | undefined {
  if (!choice) return undefined;
  const { from, value } = choice;
  const n = Number(value);
  if (/^\d{1,4}$/.test(value) && n >= 1 && n <= 3_650) return n;
  throw new OptionError(`${from} is "${value}"; it is a number of days from 1 to 3650.`);
}

export function oneOf<T extends string>(
  choice: Choice | undefined,
  values: readonly T[],
): T | undefined {
  if (!choice) return undefined;
  const found = values.find((value) => value === choice.value);
  if (found !== undefined) return found;
  throw new OptionError(`${choice.from} is "${choice.value}"; it can be ${values.join(' or ')}.`);
}

export const yesOrNo = (answer: 'yes' | 'no' | undefined): boolean | undefined =>
  answer === undefined ? undefined : answer === 'yes';

export function roomCode(choice: Choice | undefined): string | undefined {
  if (choice && !/^[a-z0-9]+(-[a-z0-9]+)*$/.test(choice.value)) {
    const { from, value } = choice;
    throw new OptionError(`${from} is "${value}"; a code is small letters, digits and hyphens.`);
  }
  return choice?.value;
}

export function certificate(cert: Choice | undefined, key: Choice | undefined) {
  if (cert && key) return { cert: cert.value, key: key.value };
  const alone = cert ?? key;
  if (alone) throw new OptionError(`${alone.from} needs the other of --cert and --key.`);
  return undefined;
}

const listed = ({ value }: Choice): string[] => value.split(',').map((each) => each.trim());

/** The address that readers use, as the build knows it, is one of the names. */
export function hostNames(
  choice: Choice | undefined,
  site: string | undefined,
): string[] | undefined {
  const names = choice ? listed(choice) : [];
  const wrong = names.find((name) => !/^[a-z0-9-]+(\.[a-z0-9-]+)*$/i.test(name));
  if (choice && wrong !== undefined)
    throw new OptionError(`${choice.from} is "${choice.value}"; "${wrong}" is no host name.`);
  const known = site ? URL.parse(site)?.hostname : undefined;
  if (known) names.push(known);
  return names.length > 0 ? names : undefined;
}

/** With a slash at both ends. */
export function sitePath(choice: Choice | undefined): string | undefined {
  if (!choice) return undefined;
  const { from, value } = choice;
  const base = readBase(value);
  if (base !== undefined) return base === '/' ? undefined : base;
  throw new OptionError(`${from} is "${value}"; a path is letters, digits and hyphens: /learn/.`);
}

export function mosquitto(choice: Choice | undefined): MosquittoVersion | undefined {
  if (!choice || isMosquittoVersion(choice.value)) return choice?.value as MosquittoVersion;
  const { from, value } = choice;
  throw new OptionError(
    `${from} is "${value}"; the versions of Mosquitto are ${mosquittoVersions.join(', ')}.`,
  );
}

export function networks(choice: Choice | undefined): string[] | undefined {
  if (!choice) return undefined;
  const wrong = listed(choice).find((each) => parseNetwork(each) === null);
  if (wrong === undefined) return listed(choice);
  const { from, value } = choice;
  throw new OptionError(
    `${from} is "${value}"; "${wrong}" is no IP address and no network such as 10.0.0.0/8.`,
  );
}

export function proxied(
  choice: Choice | undefined,
  proxies: readonly string[] | undefined,
): ProxiedPort[] | undefined {
  if (!choice) return undefined;
  const { from, value } = choice;
  const ports = listed(choice);
  const known = proxiedPorts.filter((port) => ports.includes(port));
  const wrong = ports.find((port) => !known.some((one) => one === port));
  if (wrong !== undefined)
    throw new OptionError(
      `${from} is "${value}"; "${wrong}" is none of ${proxiedPorts.join(', ')}.`,
    );
  // Anybody could claim any address.
  if (!proxies) throw new OptionError(`${from} needs --trust-proxy: who may send that header?`);
  return known;
}
