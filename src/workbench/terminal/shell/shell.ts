/** A small sh: commands, `;` `&&` `||` `!`, pipes, redirections, variables. Rejects the rest. */
import {
  parse,
  type AndOr,
  type Command,
  type PipelineNode,
  type Pipeline,
  type Redirection,
} from 'unbash';
import { usualMosquitto, type MosquittoVersion } from '../../../../sandbox/protocol/mosquitto.ts';
import { resolvePath } from '../programs/program.ts';
import type { Input, Output, Program, ProgramIo } from '../programs/program.ts';
import { noInput, Pipe } from '../programs/streams.ts';
import { runProgram } from './run-program.ts';
import { expandOne, expandWords, Unsupported, type ExpansionContext } from './word-expansion.ts';

/** The streams of a command line; the shell provides the rest of a program's io. */
export type Streams = Omit<ProgramIo, 'files' | 'connect' | 'mosquitto' | 'cwd' | 'pid'>;
export interface ShellOptions extends Pick<ProgramIo, 'files' | 'connect'> {
  programs: ReadonlyMap<string, Program>;
  /** The Mosquitto that is installed now; default: the usual one. */
  mosquitto?: () => MosquittoVersion;
  cwd: string;
  variables: Record<string, string>;
  /** Messages for unsupported constructs, in the reader's language. */
  message(key: 'no-jobs' | 'no-construct' | 'no-files', construct: string): string;
  /** Process identifiers, each once. */
  nextPid?: () => number;
}

/** More text than a person types at once. */
const longest = 16_384;
/** The size of one command after expansion: `a=$a$a`, 30 times, would be all of the memory. */
const longestExpanded = 131_072;
let lastPid = 1000 + Math.floor(Math.random() * 9_000);

class TooLong extends Error {
  constructor(variable: string) {
    super(`${variable}: Argument list too long`);
  }
}

export class Shell {
  readonly variables: Map<string, string>;
  cwd: string;
  /** `$?` */
  status = 0;
  readonly #options: ShellOptions;

  constructor(options: ShellOptions) {
    this.#options = options;
    this.cwd = options.cwd;
    this.variables = new Map(Object.entries(options.variables));
  }

  get files(): ShellOptions['files'] {
    return this.#options.files;
  }

  /** Whether more lines must follow: a quote is open, or the line ends in a pipe or a backslash. */
  static isUnfinished(text: string): boolean {
    const { errors = [] } = parse(text);
    return (
      /(?:^|[^\\])(?:\\\\)*\\$/.test(text) ||
      errors.some(({ message }) => /unterminated|expected command after/.test(message))
    );
  }

  /** Runs a typed line. Resolves with its exit status; never throws. */
  async run(text: string, streams: Streams): Promise<number> {
    this.status = await this.#script(text, { ...streams, line: text });
    return this.status;
  }

  async #script(text: string, streams: Streams): Promise<number> {
    if (text.length > longest) return this.#complain(streams, 'line too long', 2);
    const script = parse(text);
    const [fault] = script.errors ?? [];
    if (fault) return this.#complain(streams, `Syntax error: ${fault.message}`, 2);
    let status = this.status;
    for (const { command, background } of script.commands) {
      if (background) return this.#complain(streams, this.#options.message('no-jobs', '&'), 2);
      try {
        this.status = status = await this.#node(command, streams);
      } catch (error) {
        if (error instanceof TooLong) return this.#complain(streams, error.message, 2);
        if (!(error instanceof Unsupported)) throw error;
        return this.#complain(streams, this.#options.message('no-construct', error.construct), 2);
      }
      if (streams.signal.aborted) break;
    }
    return status;
  }

  #complain({ stderr }: Streams, text: string, status: number): number {
    stderr.write(`sh: ${text}\n`);
    return status;
  }

  #node(node: AndOr | PipelineNode, streams: Streams): Promise<number> {
    switch (node.type) {
      case 'Command':
        return this.#command(node, streams);
      case 'Pipeline':
        return this.#pipeline(node, streams);
      case 'AndOr':
        return this.#andOr(node, streams);
      default:
        throw new Unsupported(constructName[node.type] ?? node.type);
    }
  }

  async #andOr({ commands, operators }: AndOr, streams: Streams): Promise<number> {
    let status = await this.#node(commands[0]!, streams);
    for (const [index, operator] of operators.entries()) {
      this.status = status;
      if (streams.signal.aborted) return status;
      if ((status === 0) === (operator === '&&'))
        status = await this.#node(commands[index + 1]!, streams);
    }
    return status;
  }

  async #pipeline({ commands, prefixes }: Pipeline, streams: Streams): Promise<number> {
    let stdin: Input = streams.stdin;
    const running = commands.map((command, index) => {
      const isLast = index === commands.length - 1;
      const pipe = new Pipe();
      const own = { ...streams, stdin, stdout: isLast ? streams.stdout : pipe };
      stdin = pipe;
      return this.#node(command, own).finally(() => pipe.end());
    });
    const status = (await Promise.all(running)).at(-1)!;
    const negated = prefixes.filter(({ type }) => type === 'Negation').length % 2 === 1;
    return negated ? Number(status === 0) : status;
  }

  async #command(command: Command, streams: Streams): Promise<number> {
    const around = this.#around();
    const assignments = command.prefix.flatMap((each) =>
      each.type === 'Assignment' ? [each] : [],
    );
    const words = [...(command.name ? [command.name] : []), ...command.args];
    const [name, ...args] = expandWords(
      words.flatMap((each) => {
        if (each.type === 'Word') return [each];
        throw new Unsupported(each.text);
      }),
      around,
    );
    const redirected = this.#redirect(command.redirects, streams, around);
    if (typeof redirected === 'string') return this.#complain(streams, redirected, 2);
    if (name === undefined) {
      for (const { name: variable, value } of assignments) {
        if (value.type !== 'Word') throw new Unsupported(variable);
        const expanded = expandOne(value, around);
        if (expanded.length > longest) throw new TooLong(variable);
        this.variables.set(variable, expanded);
      }
      return redirected.finish() ?? 0;
    }
    const program = this.#options.programs.get(name);
    const status = program
      ? await runProgram(program, args, this.#io(redirected.streams))
      : this.#complain(redirected.streams, `${name}: not found`, 127);
    return redirected.finish() ?? status;
  }

  #around(): ExpansionContext {
    let given = 0;
    return {
      variable: (name) => {
        const value = this.#variable(name);
        given += value?.length ?? 0;
        if (given > longestExpanded) throw new TooLong(name);
        return value;
      },
      list: (directory) => this.#options.files.list(resolvePath(this.cwd, directory)),
    };
  }

  #variable(name: string): string | undefined {
    if (name === '?') return String(this.status);
    if (name === '$') return '1000';
    return name === 'PWD' ? this.cwd : this.variables.get(name);
  }

  #io(streams: Streams): ProgramIo {
    const { files, connect, nextPid = () => (lastPid += 1) } = this.#options;
    const mosquitto = this.#options.mosquitto?.() ?? usualMosquitto;
    return { ...streams, files, connect, mosquitto, cwd: this.cwd, pid: nextPid() };
  }

  /** The streams with the redirections applied; a string is an error. */
  #redirect(redirections: readonly Redirection[], streams: Streams, around: ExpansionContext) {
    const own = { ...streams };
    const files: { path: string; chunks: Uint8Array[]; before: string }[] = [];
    for (const redirection of redirections) {
      if (redirection.type !== 'Redirect') throw new Unsupported('<<');
      const { operator, target, descriptor } = redirection;
      if (!target || descriptor?.type === 'FileDescriptorVariable') throw new Unsupported(operator);
      const to = expandOne(target, around);
      const from = descriptor?.value ?? (operator.startsWith('<') ? 0 : 1);
      if (operator === '>&' && (to === '1' || to === '2') && (from === 1 || from === 2)) {
        const output: Output = to === '1' ? own.stdout : own.stderr;
        own[from === 1 ? 'stdout' : 'stderr'] = output;
        continue;
      }
      if (!['>', '>>', '<', '>|'].includes(operator) || from > 2)
        throw new Unsupported(`${operator}${to}`);
      const path = resolvePath(this.cwd, to);
      if (operator === '<') {
        const text = path === '/dev/null' ? '' : this.#options.files.read(path);
        if (text === undefined) return `cannot open ${to}: No such file`;
        const pipe = new Pipe();
        pipe.write(text);
        pipe.end();
        own.stdin = path === '/dev/null' ? noInput : pipe;
        continue;
      }
      const chunks: Uint8Array[] = [];
      const encoder = new TextEncoder();
      own[from === 2 ? 'stderr' : 'stdout'] = {
        write: (chunk) =>
          void chunks.push(typeof chunk === 'string' ? encoder.encode(chunk) : chunk.slice()),
      };
      if (path === '/dev/null') continue;
      const before = operator === '>>' ? (this.#options.files.read(path) ?? '') : '';
      const unwritable = this.#options.files.write(path, before);
      if (unwritable !== undefined) return `cannot create ${to}: ${unwritable}`;
      files.push({ path, chunks, before });
    }
    /** Returns a status if a file could not be written. */
    const finish = (): number | undefined => {
      const decoder = new TextDecoder();
      for (const { path, chunks, before } of files) {
        const text =
          before + chunks.map((chunk) => decoder.decode(chunk, { stream: true })).join('');
        if (this.#options.files.write(path, text) !== undefined) return 1;
      }
      return undefined;
    };
    return { streams: own, finish };
  }
}

const constructName: Record<string, string> = {
  If: 'if', For: 'for', While: 'while', Case: 'case', Function: '()', Subshell: '( )', BraceGroup: '{ }', Redirected: '{ } >',
}; // prettier-ignore
