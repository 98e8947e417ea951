/** Where the log goes. */
import { jsonLine, logTo } from '../sandbox/shared/log.ts';
import type { HostOptions } from './options.ts';

/** One line for each thing that happens, on the standard output. To be called before anything is opened. */
export function chooseLog({ log: form }: HostOptions): void {
  if (form === 'json') logTo((entry) => process.stdout.write(`${jsonLine(entry)}\n`));
}
