/** ls(1): a name on each line as into a pipe, and the long form. */
import { resolvePath, type FileStatus, type Program, type ProgramIo } from '../programs/program.ts';
import { modeWords } from './mode.ts';
import { find, readOptions, type Found, type Given } from './options.ts';

/** `links`: of a directory its own, its name above, and each directory in it. */
type Entry = { name: string; links: number } & Found;
const long = { all: 'a', 'almost-all': 'A', directory: 'd', 'human-readable': 'h', reverse: 'r' };

export const ls: Program = (args, io) => {
  const given = readOptions('ls', args, io, 'laAd1htrS', long);
  if (typeof given === 'number') return Promise.resolve(given);
  const { options, operands } = given;
  const names = operands.length > 0 ? operands : ['.'];
  let status = 0;
  const entries: Entry[] = [];
  for (const name of [...names].sort()) {
    const found = find(name, io);
    if (typeof found !== 'string') entries.push({ name, ...found, links: linksOf(found, io) });
    else {
      io.stderr.write(`ls: cannot access '${name}': ${found}\n`);
      status = 2;
    }
  }
  const isOpened = ({ status: { isDirectory } }: Entry) => isDirectory && !options.has('d');
  const files = sorted(entries.filter((each) => !isOpened(each)), options);
  io.stdout.write(rows(files, options));
  let between = files.length > 0 ? '\n' : '';
  for (const directory of sorted(entries.filter(isOpened), options)) {
    const listed = io.files.list(directory.path);
    if (!listed) {
      io.stderr.write(`ls: cannot open directory '${directory.name}': Permission denied\n`);
      status = 2;
      continue;
    }
    const inside = sorted(entriesOf(directory.path, listed, options, io), options);
    const title = names.length > 1 ? `${between}${directory.name}:\n` : '';
    const blocks = inside.reduce((sum, { status: one }) => sum + blocksOf(one), 0);
    const total = options.has('l') ? `total ${options.has('h') ? human(blocks * 1024) : blocks}\n` : '';
    io.stdout.write(title + total + rows(inside, options));
    between = '\n';
  }
  return Promise.resolve(status);
}; // prettier-ignore

function entriesOf(
  directory: string,
  names: readonly string[],
  options: Given['options'],
  io: ProgramIo,
): Entry[] {
  const hidden = options.has('a') || options.has('A');
  const all = [
    ...(options.has('a') ? ['.', '..'] : []),
    ...names.filter((name) => hidden || !name.startsWith('.')),
  ];
  return all.flatMap((name) => {
    const path = resolvePath(directory, name);
    const status = io.files.status(path);
    return status ? [{ name, path, status, links: linksOf({ path, status }, io) }] : [];
  });
}

function linksOf({ path, status }: Found, io: ProgramIo): number {
  const names = status.isDirectory ? (io.files.list(path) ?? []) : undefined;
  const inside = (name: string) => io.files.status(resolvePath(path, name))?.isDirectory;
  return names ? 2 + names.filter(inside).length : 1;
}

function sorted(entries: Entry[], options: Given['options']): Entry[] {
  const key = ({ status }: Entry): number =>
    options.has('t') ? status.modified : options.has('S') ? status.size : 0;
  const order = [...entries].sort((a, b) => key(b) - key(a) || (a.name < b.name ? -1 : 1));
  return options.has('r') ? order.reverse() : order;
}

function rows(entries: readonly Entry[], options: Given['options']): string {
  if (!options.has('l')) return entries.map(({ name }) => `${name}\n`).join('');
  const cells = entries.map(({ name, status, links }) => ({
    ...{ name, status, links: String(links) },
    size: options.has('h') ? human(status.size) : String(status.size),
  }));
  const widest = (texts: string[]): number => Math.max(0, ...texts.map((text) => text.length));
  const owner = widest(cells.map(({ status }) => status.owner));
  const group = widest(cells.map(({ status }) => status.group));
  const size = widest(cells.map((cell) => cell.size));
  const count = widest(cells.map(({ links }) => links));
  return cells
    .map(({ name, status, links, size: own }) => {
      const type = status.isDirectory ? 'd' : '-';
      const who = `${aligned(status.owner, owner)} ${aligned(status.group, group)}`;
      const when = dateOf(status.modified);
      return `${type}${modeWords(status.bits)} ${links.padStart(count)} ${who} ${own.padStart(size)} ${when} ${name}\n`;
    })
    .join('');
}

/** A number that no name stands for is shown as a number. */
const aligned = (name: string, width: number): string =>
  /^\d+$/.test(name) ? name.padStart(width) : name.padEnd(width);

/** In units of 1 KB, as a disk with blocks of 4 KB has it. */
const blocksOf = ({ size }: FileStatus): number => Math.ceil(size / 4096) * 4;

/** `1.2K`, rounded up as GNU's does it. */
function human(bytes: number): string {
  if (bytes < 1024) return String(bytes);
  let size = bytes / 1024;
  let unit = 0;
  for (; size >= 1024; unit += 1) size /= 1024;
  const tenths = Math.ceil(size * 10) / 10;
  return `${tenths < 10 ? tenths.toFixed(1) : Math.ceil(size)}${'KMG'[unit]}`;
}

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const halfYearMs = (365.2425 / 2) * 86_400_000;

/** With the time of day if it is of the last half year, else with the year. */
function dateOf(at: number, now = Date.now()): string {
  const date = new Date(at);
  const two = (number: number): string => String(number).padStart(2, '0');
  const day = `${months[date.getMonth()]} ${String(date.getDate()).padStart(2)}`;
  const isRecent = at <= now && at > now - halfYearMs;
  return isRecent
    ? `${day} ${two(date.getHours())}:${two(date.getMinutes())}`
    : `${day}  ${date.getFullYear()}`;
}
