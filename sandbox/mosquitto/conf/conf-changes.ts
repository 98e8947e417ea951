/** Rows of the table of changes: how mosquitto.conf is read (src/conf.c of each version). */
import type { Since } from './since.ts';

const removal = (option: string, when: string) =>
  `The '${option}' option is now deprecated and will be removed in ${when}.`;

export const confChanges = {
  // ── mosquitto.conf ──
  foundIn: {
    '2.0.11': (file, line) => `Error found at ${file}:${line}.`,
    '2.1.2': (file, line) => `Error found at '${file}:${line}'.`,
  } as Since<(file: string, line: number) => string>,
  loadingFile: {
    '2.0.11': (file) => `Loading config file ${file}`,
    '2.1.2': (file) => `Loading config file '${file}'`,
  } as Since<(file: string) => string>,
  /** In an included file. */
  includeIsForMain: {
    '2.0.11': undefined,
    '2.1.2': 'Error: The include_dir option is only valid in the main configuration file.',
  } as Since<string | undefined>,
  /** How messages write the name of an option. */
  quote: { '2.0.11': (name) => name, '2.1.2': (name) => `'${name}'` } as Since<
    (name: string) => string
  >,
  /** `hint`: what 2.1 says after it; older ones say what each option has. */
  deprecated: {
    '2.0.11': (option, _hint, older) => `${removal(option, 'a future version')}${older}`,
    '2.1.2': (option, hint) => `${removal(option, 'version 3.0')} ${hint}`,
  } as Since<(option: string, hint: string, older: string) => string>,
  unknownOption: {
    '2.0.11': (name) => `Error: Unknown configuration variable "${name}".`,
    '2.1.2': (name) => `Error: Unknown configuration variable '${name}'.`,
  } as Since<(name: string) => string>,
  /** A number is read by strtol(3), to its end; before by atoi(3). */
  wholeNumbers: { '2.0.11': false, '2.1.2': true } as Since<boolean>,
  /** Options about a listener stand below a `listener`, or make the default one at once. */
  listenerFirst: { '2.0.11': false, '2.1.2': true } as Since<boolean>,
  /** `log_type`, `protocol` … without a value end the reading. */
  emptyIsAnError: { '2.0.11': false, '2.1.2': true } as Since<boolean>,
  /** Certificates are checked for their other half before a listener opens. */
  certificatesArePairs: { '2.0.11': false, '2.0.21': true } as Since<boolean>,
  /** Without a listener anonymous clients are accepted, whatever the conf has. */
  localOnlyIsAnonymous: { '2.0.11': true, '2.0.21': false } as Since<boolean>,
  // ── Single options ──
  /** The name of the first value of `listener`, if it is missing. */
  listenerPort: { '2.0.11': 'listener', '2.1.2': 'listener port' } as Since<string>,
  perListenerHint: {
    '2.0.11': undefined,
    '2.1.2': 'Please see the documentation for how to achieve the same effect.',
  } as Since<string | undefined>,
  expirationUnits: { '2.0.11': 'hdwmy', '2.1.2': 'shdwmy' } as Since<string>,
  socketDomainLabel: { '2.0.11': 'socket_domain', '2.1.2': 'start_type' } as Since<string>,
  noSocketDomain: {
    '2.0.11': (value) => `Error: Invalid socket_domain value "${value}" in configuration.`,
    '2.1.2': (value) => `Error: Invalid 'socket_domain' value '${value}' in configuration.`,
  } as Since<(value: string) => string>,
  noPlugin: {
    '2.0.11': () => 'Error: An auth_opt_ option exists in the config file without an auth_plugin.',
    '2.1.2': (name) =>
      `Error: The '${name}' option requires plugin/global_plugin/plugin_load to be defined first.`,
  } as Since<(name: string) => string>,
  shortPluginOption: {
    '2.0.11': 'Error: Invalid auth_opt_ config option.',
    '2.1.2': "Error: Invalid 'plugin_opt_' config option.",
  } as Since<string>,
  noPluginForCharacters: {
    '2.0.11':
      'Error: An auth_plugin_deny_special_chars option exists in the config file without an auth_plugin.',
    '2.1.2':
      'Error: An auth_plugin_deny_special_chars option exists in the config file without a plugin.',
  } as Since<string>,
  mountPointFault: {
    '2.0.11': (value) =>
      `Error: Invalid mount_point '${value}'. Does it contain a wildcard character?`,
    '2.1.2': (value) =>
      `Error: Invalid 'mount_point' value (${value}). Does it contain a wildcard character?`,
  } as Since<(value: string) => string>,
  /** With per_listener_settings, what to use instead of `allow_anonymous`. */
  anonymousHint: {
    '2.0.11': undefined,
    '2.1.2':
      "You are using the 'allow_anonymous' option with 'per_listener_settings true'. Please replace this with 'listener_allow_anonymous'.",
  } as Since<string | undefined>,
  leastKeepAlive: { '2.0.11': 10, '2.0.21': 0 } as Since<number>,
  smallPackets: {
    '2.0.11': (value) => `Error: Invalid max_packet_size value (${value}).`,
    '2.1.2': () => "Error: 'max_packet_size' must be >= 20.",
  } as Since<(value: number) => string>,
  retainExpiryFault: {
    '2.0.11': () => undefined,
    '2.1.2': (value) => (value < 1 ? 'Error: retain_expiry_interval must be >= 1.' : undefined),
  } as Since<(value: number) => string | undefined>,
  headersSize: {
    '2.0.11': 'Error: Websockets headers size must be between 0 and 65535 inclusive.',
    '2.1.2': 'Error: Packet buffer size must be between 0 and 65535 inclusive.',
  } as Since<string>,
  /** The level of an option's error. */
  levelOf: {
    '2.0.11': () => 'error',
    '2.1.2': (name) =>
      /^(websockets_headers_size|packet_buffer_size|retain_expiry_interval)$/.test(name)
        ? 'warning'
        : 'error',
  } as Since<(name: string) => 'error' | 'warning'>,
  longPrefix: {
    '2.0.11': () => undefined,
    '2.1.2': (name, value) =>
      new TextEncoder().encode(value).length > 50
        ? `Error: ${name} length must be <= 50.`
        : undefined,
  } as Since<(name: string, value: string) => string | undefined>,
  // ── Bridges ──
  noBridge: {
    '2.0.11': () => 'Error: Invalid bridge configuration.',
    '2.1.2': (name) => `Error: The '${name}' option requires a bridge to be defined first.`,
  } as Since<(name: string) => string>,
  noBridgeForLocal: {
    '2.0.11': () => 'Error: Invalid bridge configuration',
    '2.1.2': (name) => `Error: The '${name}' option requires a bridge to be defined first.`,
  } as Since<(name: string) => string>,
  /** Seconds. */
  restartLimits: {
    '2.0.11': { base: Infinity, cap: Infinity },
    '2.1.2': { base: 3600, cap: 7200 },
  } as Since<{ base: number; cap: number }>,
  sameBridge: {
    '2.0.11': (name) => `Error: Duplicate bridge name "${name}".`,
    '2.1.2': (name) => `Error: Duplicate bridge name '${name}'.`,
  } as Since<(name: string) => string>,
  secondAddress: {
    '2.0.11': 'Error: Invalid bridge configuration.',
    '2.1.2': "Error: Invalid bridge configuration, 'address' only allowed once.",
  } as Since<string>,
  bridgePort: {
    '2.0.11': (port) => `Error: Invalid port value (${port}).`,
    '2.1.2': (port) => `Error: Invalid bridge port value (${port}).`,
  } as Since<(port: number) => string>,
  insecureBridge: {
    '2.0.11': (name) => `Warning: Bridge ${name} using insecure mode.`,
    '2.1.2': (name) => `Warning: Bridge '${name}' using insecure mode.`,
  } as Since<(name: string) => string>,
  /** `what`: psk or identity. */
  twoSecrets: {
    '2.0.11': (_name, what) =>
      `Error: Cannot use both certificate and ${what} encryption in a single bridge.`,
    '2.1.2': (name, what) =>
      `Error: '${name}': Cannot use both certificate and ${what} encryption in a single bridge.`,
  } as Since<(name: string, what: string) => string>,
  unavailable: {
    '2.0.11': (name) => `Warning: The ${name} option is no longer available.`,
    '2.1.2': (name) => `Warning: The '${name}' option is no longer available.`,
  } as Since<(name: string) => string>,
} as const;
