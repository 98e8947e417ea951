/**
 * What 2.1 changed in the help of the clients, in Mosquitto's text: copyright (c) 2009-2021 Roger Light
 * and others, Eclipse Distribution License 1.0 (BSD-3-Clause).
 */
import type { ClientKind } from '../client-config.ts';

/** `$1` in the text is what the expression found in its first brackets. */
type Change = [before: RegExp, after: string];

const all: Change[] = [
  [/^( +)(?=\[\{--cafile file)/m, '$1[--no-tls]\n$1'],
  [
    /^( +)\[-D command identifier value\]\n/m,
    '$1[-D command identifier value]\n$1[-o options-file]\n',
  ],
  [/( +)mqtt\(s\)(:.*\n)/, '$1mqtt(s)$2$1ws(s)$2'],
  [
    /^(?= -p : )/m,
    ` -o : provide options in a file rather than on the command line.
      See the Options section of https://mosquitto.org/man/mosquitto_pub-1.html
`,
  ],
  [/^(?= --cafile : )/m, ' --ws : connect using WebSockets.\n'],
  [/tlsv1\.3 tlsv1\.2 or tlsv1\.1\./, 'tlsv1.3 or tlsv1.2.'],
  [
    /do not check that the server certificate[^]*?is insecure\./,
    `do not verify the the server certificate. Using this option means that
              you cannot be sure that the remote host is the server you wish to connect
              to and so is insecure.`,
  ],
];

const own: Record<ClientKind, Change[]> = {
  pub: [[/\[-P password\] -t topic \| -L URL\}/, '[-P password] [--ws] -t topic | -L URL}']],
  sub: [
    [
      /\[-P password\] -t topic \| -L URL \[-t topic\]\}/,
      '[-P password] {-t topic | -U topic} [--ws] | -L URL [-t topic]}',
    ],
    [/ \[-U topic \.\.\.\]/, ''],
    [/\[--quiet\] \[-v\]/, '[--quiet] [-v] [-w|--watch]'],
    [
      /^(?= -x : )/m,
      ` -w : messages will be printed on a fixed line number based on the topic and order in
      which topics are received. Useful for monitoring multiple topics that have
      single line payloads.
`,
    ],
  ],
  rr: [
    [/\[-x session-expiry-interval\n/, '[-x session-expiry-interval]\n'],
    [/^( +)(?=\[-c\] \[-k keepalive\])/m, '$1{-f file | -l | -n | -m message}\n$1'],
  ],
};

export function recentUsage(kind: ClientKind, text: string): string {
  let changed = text;
  for (const [before, after] of [...all, ...own[kind]]) changed = changed.replace(before, after);
  return changed;
}
