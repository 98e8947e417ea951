/** The options with a value that has its own grammar (client/client_shared.c, 2.0.11). */
import { atoi, isFilter, isTopic, isValidUtf8 } from './argument-checks.ts';
import { infinite, type ClientConfig } from './client-config.ts';
import type { ClientOption, UsageError } from './option.ts';

/** `cfg_add_topic` */
export function addTopic(config: ClientConfig, topic: string, argument: string): UsageError {
  if (!isValidUtf8(topic)) return `Error: Malformed UTF-8 in ${argument} argument.\n\n`;
  const isEmpty = topic === '' && config.facts.topicsHaveLength;
  if (config.kind === 'sub') {
    if (isEmpty || !isFilter(topic)) {
      return `Error: Invalid subscription topic '${topic}', are all '+' and '#' wildcards correct?\n`;
    }
    config.filters.push(topic);
    return undefined;
  }
  if (isEmpty || !isTopic(topic)) {
    return `Error: Invalid publish topic '${topic}', does it contain '+' or '#'?\n`;
  }
  config.topic = topic;
  return undefined;
}

export function filterOption(
  letter: string,
  noun: string,
  list: 'filterOuts' | 'unsubscribes',
): ClientOption {
  return {
    only: ['sub'],
    takes: list === 'filterOuts' ? 'topic filter' : 'unsubscribe topic',
    set(config, filter) {
      if (!isValidUtf8(filter)) return `Error: Malformed UTF-8 in ${letter} argument.\n\n`;
      if (!isFilter(filter)) {
        return `Error: Invalid ${noun} topic '${filter}', are all '+' and '#' wildcards correct?\n`;
      }
      config[list].push(filter);
      return undefined;
    },
  };
}

/** `-L mqtt://user:password@host:port/topic` */
export function setUrl(config: ClientConfig, url: string): UsageError {
  const { urlSchemes, unsupportedUrl } = config.facts;
  const scheme = urlSchemes.exec(url)?.[0].toLowerCase();
  if (scheme === undefined) return unsupportedUrl;
  const isSecure = scheme === 'mqtts://' || scheme === 'wss://';
  config.port = isSecure ? 8883 : 1883;
  if (isSecure) config.useOsCertificates = true;
  if (scheme.startsWith('ws')) config.webSocket = true;
  const rest = url.slice(scheme.length);
  const slash = rest.indexOf('/');
  if (slash < 0) return 'Error: Invalid URL for -L argument specified - topic missing.\n';
  const wrong = addTopic(config, rest.slice(slash + 1), '-L topic');
  if (wrong !== undefined) return wrong;
  let host = rest.slice(0, slash);
  const at = host.indexOf('@');
  if (at >= 0) {
    const user = host.slice(0, at);
    const colon = user.indexOf(':');
    if (colon >= 0) config.password = user.slice(colon + 1);
    config.userName = colon >= 0 ? user.slice(0, colon) : user;
    host = host.slice(at + 1);
  }
  const colon = host.indexOf(':');
  if (colon >= 0) config.port = atoi(host.slice(colon + 1));
  config.host = colon >= 0 ? host.slice(0, colon) : host;
  return undefined;
}

export function setSessionExpiry(config: ClientConfig, value: string): UsageError {
  if (config.facts.expiryIsFive) config.version = 5;
  if (value === '∞') {
    config.sessionExpiry = infinite;
    return undefined;
  }
  // strtol with base 0 knows hexadecimal and octal too.
  const number = /^[ \t]*([+-]?)(0[xX][\da-fA-F]+|\d+)$/.exec(value);
  if (!number) return 'Error: session-expiry-interval not a number.\n\n';
  const [, sign, digits = ''] = number;
  const octal = /^0\d/.test(digits);
  if (octal && /[89]/.test(digits)) return 'Error: session-expiry-interval not a number.\n\n';
  const size = octal ? Number.parseInt(digits, 8) : Number(digits);
  const seconds = sign === '-' ? -size : size;
  if (seconds > infinite || seconds < -1) return 'Error: session-expiry-interval out of range.\n\n';
  config.sessionExpiry = seconds === -1 ? infinite : seconds;
  return undefined;
}

export function setVersion(config: ClientConfig, value: string): UsageError {
  const version = { '31': 3, '311': 4, '5': 5 }[value.replace(/^mqttv/, '')] as
    3 | 4 | 5 | undefined;
  if (version === undefined) return 'Error: Invalid protocol version argument given.\n\n';
  config.version = version;
  return undefined;
}
