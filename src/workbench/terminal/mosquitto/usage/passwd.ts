/**
 * The help of `mosquitto_passwd`: the text of Mosquitto as Debian builds it, copyright (c) 2009-2021
 * Roger Light and others, Eclipse Distribution License 1.0 (BSD-3-Clause).
 */
import type { MosquittoVersion } from '../../../../../sandbox/protocol/mosquitto.ts';
import { inVersion, type Since } from '../../../../../sandbox/mosquitto/conf/changes.ts';

const types: Since<{ names: string; about: string }> = {
  '2.0.11': {
    names: '-H sha512 | -H sha512-pbkdf2',
    about: `Defaults to sha512-pbkdf2, which is recommended.
`,
  },
  '2.1.2': {
    names: '-H argon2id | -H sha512-pbkdf2',
    about: `Defaults to argon2id, which is recommended.
      Mosquitto 2.0 and earlier defaulted to sha512-pbkdf2.
`,
  },
};

export function passwdUsage(version: MosquittoVersion): string {
  const { names, about } = inVersion(types, version);
  return `mosquitto_passwd is a tool for managing password files for mosquitto.

Usage: mosquitto_passwd [${names}] [-c | -D] passwordfile username
       mosquitto_passwd [${names}] [-c] -b passwordfile username password
       mosquitto_passwd -U passwordfile
 -b : run in batch mode to allow passing passwords on the command line.
 -c : create a new password file. This will overwrite existing files.
 -D : delete the username rather than adding/updating its password.
 -H : specify the hashing algorithm. ${about}      Mosquitto 1.6 and earlier defaulted to sha512.
 -U : update a plain text password file to use hashed passwords.

See https://mosquitto.org/ for more information.

`;
}
