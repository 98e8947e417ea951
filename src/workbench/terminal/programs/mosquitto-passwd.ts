/** `mosquitto_passwd` (apps/mosquitto_passwd/mosquitto_passwd.c). */
import {
  deleteUser,
  hashAll,
  passwordsOf,
  setUser,
  userNameError,
  type Edited,
} from '../../../../sandbox/mosquitto/auth/passwd-edit.ts';
import { hashTextSlowly, type HashOptions } from '../../../../sandbox/mosquitto/auth/make-hash.ts';
import type { HashType } from '../../../../sandbox/mosquitto/auth/password-hash.ts';
import { mayUse, remarksOn } from '../../../../sandbox/mosquitto/conf/file-modes.ts';
import { factsOf, type Facts } from '../../../../sandbox/mosquitto/conf/changes.ts';
import { clientFactsOf, type ClientFacts } from '../mosquitto/changes.ts';
import { atoi, byteLength } from '../mosquitto/argument-checks.ts';
import { type Program, type ProgramIo, resolvePath } from './program.ts';
import { passwdUsage } from '../mosquitto/usage.ts';

interface Asked {
  batch: boolean;
  create: boolean;
  remove: boolean;
  update: boolean;
  type: HashType;
  iterations?: number;
  /** What follows the options. */
  rest: string[];
}

/** As many as one browser tab hashes in a second or two; the real program takes any number. */
const mostIterations = 1_000_000;

export const mosquittoPasswd: Program = async (args, io) => {
  const facts = factsOf(io.mosquitto);
  const usage = passwdUsage(io.mosquitto);
  if (args.length === 0) {
    io.stdout.write(usage);
    return 1;
  }
  const its = clientFactsOf(io.mosquitto);
  const asked = readArguments(args, its);
  const wrong = typeof asked === 'string' ? asked : contradiction(asked);
  if (typeof asked === 'string' || wrong !== undefined) {
    io.stderr.write(wrong!);
    return 1;
  }
  const named = operands(asked);
  if (named === 'usage' || 'wrong' in named) {
    if (named === 'usage') io.stdout.write(usage);
    else io.stderr.write(named.wrong);
    return 1;
  }
  return edit(asked, named, io, { facts, its });
};

function readArguments(args: readonly string[], { passwordTypes }: ClientFacts): Asked | string {
  const asked: Asked = { batch: false, create: false, remove: false, update: false, type: 7, rest: [] }; // prettier-ignore
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
        const type = passwordTypes[value];
        if (type === undefined) return `Error: Unknown hash type '${value}'\n`;
        asked.type = type;
      } else {
        const iterations = atoi(value);
        if (iterations < 1) return 'Error: Number of iterations must be > 0.\n';
        asked.iterations = Math.min(iterations, mostIterations);
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

async function edit(
  asked: Asked,
  { file, user, password }: Named,
  io: ProgramIo,
  { facts, its }: { facts: Facts; its: ClientFacts },
): Promise<number> {
  const fail = (text: string): number => {
    io.stderr.write(text);
    return 1;
  };
  const nameFault = user === undefined ? undefined : userNameError(user);
  if (nameFault !== undefined) return fail(`${nameFault}\n`);
  if (password !== undefined && byteLength(password) > 65_535) {
    return fail('Error: Password must be less than 65536 characters long.\n');
  }
  const { passwdSays } = its;
  const toOutput = asked.create && file === '-' && passwdSays !== undefined;
  const path = resolvePath(io.cwd, file);
  // The real program asks before it opens a new file, and after it has opened an old one.
  const text = asked.create ? '' : io.files.read(path);
  const old = io.files.status(path);
  const mayWrite = old === undefined || mayUse(old, io.files.user, 2);
  if (text === undefined || (!asked.create && !mayWrite)) {
    const why = old ? `${path}. Permission denied` : `${file}. No such file or directory`;
    return fail(`Error: Unable to open password file ${why}.\n`);
  }
  const remark = (): void => {
    for (const lines of old && facts.remarks ? remarksOn(path, old, io.files.user) : [])
      // 2.0 ends none of them with a newline.
      io.stderr.write([...lines, ...facts.remarks!].join('\n'));
  };
  if (!asked.create) {
    remark();
    const above = io.files.status(path.slice(0, path.lastIndexOf('/')) || '/');
    if (!above || !mayUse(above, io.files.user, 2))
      return fail(
        `Error creating backup password file "${its.passwdBackup(path)}", not continuing.\n`,
      );
  }
  let secret = password;
  if (secret === undefined && !asked.remove && !asked.update) {
    const given = await askPassword(io);
    if (typeof given === 'number') return given;
    secret = given.password;
  }
  if (asked.create && !toOutput && passwdSays?.keepsFiles && old) {
    return fail(`Error: Unable to open file ${path} for writing. File exists.\n`);
  }
  const edited = await editedText(asked, text, user, secret, facts);
  if ('error' in edited) return fail(`${edited.error}\n`);
  if (toOutput) {
    io.stdout.write(edited.text);
    return 0;
  }
  if (asked.create && mayWrite) remark();
  const unwritten = io.files.write(path, edited.text, its.passwdBits);
  if (unwritten !== undefined)
    return fail(`Error: Unable to open file ${old ? path : file} for writing. ${unwritten}.\n`);
  if (passwdSays && edited.known !== undefined) {
    const said = edited.known ? passwdSays.updating : passwdSays.adding;
    io.stdout.write(`${said} password for user ${user!}\n`);
  }
  return 0;
}

async function editedText(
  { remove, update, type, iterations }: Asked,
  text: string,
  user: string | undefined,
  secret: string | undefined,
  facts: Facts,
): Promise<Edited & { known?: boolean }> {
  const options: HashOptions = { type, ...(iterations !== undefined && { iterations }) };
  if (remove) return deleteUser(text, user!);
  if (!update) return setUser(text, user!, await hashTextSlowly(secret!, options, facts));
  const passwords = passwordsOf(text);
  if ('error' in passwords) return passwords;
  const hashes: string[] = [];
  for (const each of passwords) hashes.push(await hashTextSlowly(each, options, facts));
  return hashAll(text, hashes);
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
