/** Lists that more than one part of the table of folders needs. */

export const PROTOCOL = ['sandbox/protocol'];
/** What a page may import of the sandbox: types, codecs, and Mosquitto's files as text. */
export const SANDBOX_OF_PAGE = [
  ...PROTOCOL,
  'sandbox/mqtt',
  'sandbox/checks',
  'sandbox/mosquitto/conf',
  'sandbox/mosquitto/auth',
];
