/** `mosquitto_passwd` (apps/mosquitto_passwd/mosquitto_passwd.c, 2.0.11). */
import {
  deleteUser,
  hashAll,
  setUser,
  userNameError,
  type Edited,
} from '../../../../sandbox/mosquitto/auth/passwd-edit.ts';
import { atoi, byteLength } from '../mosquitto/argument-checks.ts';
import { type Program, type ProgramIo, resolvePath } from './program.ts';
import { passwdUsage } from '../mosquitto/usage.ts';

interface Asked {
  batch: boolean;
  create: boolean;
  remove: boolean;
  update: boolean;
  type: 6 | 7;
  iterations: number;
  /** What follows the options. */
  rest: string[];
}

/** As many as one browser tab hashes in a second or two; the real program takes any number. */
const mostIterations = 1_000_000;

export const mosquittoPasswd: Program = async (args, io) => {
  if (args.length === 0) {
    io.stdout.write(passwdUsage);
    return 1;
  }
  const asked = readArguments(args);
  const wrong = typeof asked === 'string' ? asked : contradiction(asked);
  if (typeof asked === 'string' || wrong !== undefined) {
    io.stderr.write(wrong!);
    return 1;
  }
  const named = operands(asked);
  if (named === 'usage' || 'wrong' in named) {
    if (named === 'usage') io.stdout.write(passwdUsage);
    else io.stderr.write(named.wrong);
    return 1;
  }
  return edit(asked, named, io);
};

function readArguments(args: readonly string[]): Asked | string {
  const asked: Asked = { batch: false, create: false, remove: false, update: false, type: 7, iterations: 101, rest: [] }; // prettier-ignore
  const few = (name: string): string =>
    `Error: ${name} argument given but not enough other arguments.\n`;
  let at = 0;
  for (; at < args.length; at += 1) {
    const name = args[at]!;
    if (name === '-b') asked.batch = true;
    else if (name === '-c') asked.create = true;
    else if (name === '-D') asked.remove = true;
    else if (name === '-U') asked.update = true;
    else if (name === '-H' || name === '-I') {
      at += 1;
      const value = args[at];
      if (value === undefined) return few(name);
      if (name === '-H') {
        if (value !== 'sha512' && value !== 'sha512-pbkdf2') {
          return `Error: Unknown hash type '${value}'\n`;
        }
        asked.type = value === 'sha512' ? 6 : 7;
      } else {
        asked.iterations = atoi(value);
        if (asked.iterations < 1) return 'Error: Number of iterations must be > 0.\n';
        asked.iterations = Math.min(asked.iterations, mostIterations);
      }
    } else break;
  }
  asked.rest = args.slice(at);
  return asked;
}

function contradiction({ batch, create, remove, update }: Asked): string | undefined {
  const pairs: [boolean, string][] = [
    [create && remove, '-c and -D'],
    [create && update, '-c and -U'],
    [remove && update, '-D and -U'],
    [remove && batch, '-b and -D'],
  ];
  const [, both] = pairs.find(([given]) => given) ?? [];
  return both && `Error: ${both} cannot be used together.\n`;
}

interface Named {
  file: string;
  user?: string;
  password?: string;
}
function operands({
  batch,
  create,
  remove,
  update,
  rest,
}: Asked): Named | { wrong: string } | 'usage' {
  const [file = '', user, password] = rest;
  if (create) {
    if (batch && rest.length < 3) {
      return {
        wrong: 'Error: -c argument given but password file, username, or password missing.\n',
      };
    }
    if (rest.length < 2)
      return { wrong: 'Error: -c argument given but password file or username missing.\n' };
    return batch ? { file, user: user!, password: password! } : { file, user: user! };
  }
  if (remove) {
    if (rest.length < 2)
      return { wrong: 'Error: -D argument given but password file or username missing.\n' };
    return { file, user: user! };
  }
  if (update) {
    return rest.length === 1
      ? { file }
      : { wrong: 'Error: -U argument given but password file missing.\n' };
  }
  if (batch && rest.length === 3) return { file, user: user!, password: password! };
  if (!batch && rest.length === 2) return { file, user: user! };
  return 'usage';
}

async function edit(asked: Asked, { file, user, password }: Named, io: ProgramIo): Promise<number> {
  const fail = (text: string): number => {
    io.stderr.write(text);
    return 1;
  };
  const nameFault = user === undefined ? undefined : userNameError(user);
  if (nameFault !== undefined) return fail(`${nameFault}\n`);
  if (password !== undefined && byteLength(password) > 65_535) {
    return fail('Error: Password must be less than 65536 characters long.\n');
  }
  const path = resolvePath(io.cwd, file);
  // The real program asks before it opens a new file, and after it has opened an old one.
  const text = asked.create ? '' : io.files.read(path);
  if (text === undefined) {
    return fail(`Error: Unable to open password file ${file}. No such file or directory.\n`);
  }
  let secret = password;
  if (secret === undefined && !asked.remove && !asked.update) {
    const given = await askPassword(io);
    if (typeof given === 'number') return given;
    secret = given.password;
  }
  const options = { type: asked.type, iterations: asked.iterations };
  let edited: Edited;
  if (asked.remove) edited = deleteUser(text, user!);
  else if (asked.update) edited = hashAll(text, options);
  else edited = setUser(text, user!, secret!, options);
  if ('error' in edited) return fail(`${edited.error}\n`);
  const unwritten = io.files.write(path, edited.text);
  if (unwritten === undefined) return 0;
  return fail(`Error: Unable to open file ${path} for writing. ${unwritten}.\n`);
}

async function askPassword(io: ProgramIo): Promise<{ password: string } | number> {
  const password = await io.askSecret('Password: ');
  if (password === null) return 0;
  if (password === '') {
    io.stderr.write('Error: Empty password.\n');
    return 1;
  }
  const again = await io.askSecret('Reenter password: ');
  if (again === null) return 0;
  if (again === password) return { password };
  io.stderr.write('Error: Passwords do not match.\n');
  return 2;
}
