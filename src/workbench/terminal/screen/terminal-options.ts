/** What a terminal without its screen is made of. */
import type { Shell } from '../shell/shell.ts';
import type { History } from './history.ts';

export interface TerminalOptions {
  shell: Shell;
  history: History;
  commands: readonly string[];
  write(text: string): void;
  columns(): number;
  /** A line was entered while a command ran that does not read it: it waits for that one's end. */
  onWaiting?(line: string): void;
  /** A line has ended, with its exit status. */
  onEnd?(line: string, status: number): void;
  /** The line that was entered has ended; for callers that wait for the terminal. */
  onIdle?(): void;
}
