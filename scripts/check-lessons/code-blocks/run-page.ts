/**
 * Runs the code blocks of one page in order, on one machine: the files of one block are there for
 * the next.
 */
import { existsSync, readFileSync, rmSync } from 'node:fs';
import type { CodeBlock } from '../page.ts';
import type { Report } from '../report.ts';
import { blockUseOf, titleOf, wordsOf } from '../rules/code-blocks.ts';
import { MosquittoProcess } from './mosquitto-process.ts';
import { shows } from './output.ts';
import { makeTestMachine, type TestMachine } from './test-machine.ts';
import { interpreterCommand, RunningBlock } from './run-block.ts';

const CONF = ['conf', 'ini', 'apacheconf'];
const isConf = (language: string, title: string | undefined) =>
  CONF.includes(language) || /^(passwd|acl|mosquitto\.conf|conf\.d\/.*)$/.test(title ?? '');

export async function runPage(
  blocks: readonly CodeBlock[],
  where: (block: CodeBlock) => string,
  report: Report,
): Promise<void> {
  const place = await makeTestMachine();
  const page = new PageRun(place, where, report);
  try {
    for (const [at, block] of blocks.entries()) await page.block(block, at);
  } finally {
    await page.end();
    place.remove();
  }
}

class PageRun {
  readonly #place: TestMachine;
  readonly #broker: MosquittoProcess;
  readonly #where: (block: CodeBlock) => string;
  readonly #report: Report;
  /** What the block before this one printed; undefined if it has printed nothing yet. */
  #output: string | undefined;
  #staying: RunningBlock | undefined;
  readonly #all: RunningBlock[] = [];

  constructor(place: TestMachine, where: (block: CodeBlock) => string, report: Report) {
    this.#place = place;
    this.#broker = new MosquittoProcess(place);
    this.#where = where;
    this.#report = report;
  }

  async block(block: CodeBlock, at: number): Promise<void> {
    const fate = blockUseOf(block.meta);
    if (fate?.is === 'output') return this.#compare(block);
    if (fate?.is !== 'run') return;
    this.#output = undefined;
    const title = titleOf(block.meta);
    if (isConf(block.language, title)) return this.#configure(block, title ?? 'mosquitto.conf');
    if (interpreterCommand(block.language, '') === undefined) {
      return this.#fail(block, `nothing runs ${block.language || 'a block without a language'}`);
    }
    if (this.#broker.dirty) await this.#broker.start();
    const running = new RunningBlock(this.#place, { ...block, at });
    this.#all.push(running);
    if (wordsOf(block.meta).includes('stays')) await this.#keep(block, running);
    else await this.#finish(block, running);
    if (!existsSync(this.#place.restart)) return;
    const asked = readFileSync(this.#place.restart, 'utf8').trim();
    rmSync(this.#place.restart);
    if (asked === 'reload') await this.#broker.reload();
    else this.#broker.dirty = true;
  }

  async #configure(block: CodeBlock, title: string): Promise<void> {
    await this.#broker.write(title.replace(/^\/?etc\/mosquitto\//, ''), block.text);
    const { running, said } = await this.#broker.start();
    this.#output = said;
    const fails = wordsOf(block.meta).includes('fails');
    const expected = fails ? 'must stop mosquitto' : 'must be taken by mosquitto';
    this.#expect(block, running !== fails, `${expected}: ${said}`);
  }

  async #finish(block: CodeBlock, running: RunningBlock): Promise<void> {
    const status = await running.ended;
    this.#output = running.output;
    const fails = wordsOf(block.meta).includes('fails');
    this.#expect(block, (status !== 0) === fails, `ended with ${status}: ${running.output}`);
  }

  /** A reader continues once it listens, prints something, or has ended. */
  async #keep(block: CodeBlock, running: RunningBlock): Promise<void> {
    const before = this.#broker.count(/Sending SUBACK/);
    this.#staying = running;
    const first = await Promise.race([
      this.#broker.logged(/Sending SUBACK/, before + 1).then(() => 'listens' as const),
      running.until((output) => output !== ''),
      running.ended,
    ]);
    this.#expect(block, typeof first !== 'number', `stays, and has ended: ${running.output}`);
  }

  async #compare(block: CodeBlock): Promise<void> {
    const stays = wordsOf(block.meta).includes('stays');
    if (!stays) {
      const said = this.#output ?? '';
      return this.#expect(block, shows(said, block.text), `shows what isn't printed:\n${said}`);
    }
    const running = this.#staying;
    if (!running) return;
    // A line that doesn't come would be waited for until the block's time is over.
    const seen = await running.until((output) => shows(output, block.text));
    this.#expect(block, seen, `shows what isn't printed:\n${running.output}`);
  }

  async end(): Promise<void> {
    for (const running of this.#all) running.stop('SIGKILL');
    await Promise.all(this.#all.map(({ ended }) => ended));
    await this.#broker.stop();
  }

  #fail(block: CodeBlock, what: string): void {
    this.#report.failed(this.#where(block), what);
  }
  #expect(block: CodeBlock, holds: boolean, what: string): void {
    this.#report.expect(holds, this.#where(block), what);
  }
}
