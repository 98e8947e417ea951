/** The course's server as a program: its addresses are printed, and signals stop it politely. */
import { writeSync } from 'node:fs';
import type { RunningServer } from '../sandbox/server/main.ts';
import { defaults } from '../sandbox/shared/config.ts';
import { describeError, jsonLine, log, plainLine, type LogEntry } from '../sandbox/shared/log.ts';
import { welcome } from './addresses.ts';
import { CRASHED, tellSupervisor } from './host/supervise.mjs';
import type { HostOptions } from './options.ts';

/** Time for a polite end; nothing may keep a host waiting longer. */
const STOP_MS = 1500;

/**
 * An error that nobody expected leaves a state that nobody knows: the process ends, and is started again
 * (`host/supervise.mjs`, systemd, Docker). What was confirmed to classes is stored.
 */
function crash(error: unknown, { log: form }: HostOptions): never {
  const entry: LogEntry = {
    level: 'error',
    event: 'crash',
    text: 'The course ends because of an error of its own. Classes are stored; rooms are lost.',
    error: describeError(error),
  };
  const line = form === 'json' ? jsonLine(entry) : `${plainLine({ ...entry, text: 'crash' })}\n${entry.text}`; // prettier-ignore
  // A write that waits would be lost.
  writeSync(form === 'json' ? 1 : 2, `${line}\n`);
  process.exit(CRASHED);
}

/** @returns how to stop it */
export function runCourse(running: RunningServer, options: HostOptions): () => void {
  process.on('uncaughtException', (error) => crash(error, options));
  const isJson = options.log === 'json';
  let isStopping = false;
  const stop = () => {
    if (isStopping) return;
    isStopping = true;
    if (isJson) log.info('stopping', 'The course ends.');
    setTimeout(() => process.exit(0), STOP_MS).unref();
    void running.stop().finally(() => process.exit(0));
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, stop);
  const { port, mqttPort, tlsPort, secure, metricsPort, whyNoClasses } = running;
  if (isJson)
    log.info('open', 'The course is open.', { port, mqttPort, tlsPort, secure, metricsPort, classes: running.teacherSecret !== null, ...(whyNoClasses && { whyNoClasses }) }); // prettier-ignore
  else
    console.log(
      welcome({
        host: options.host ?? defaults.host,
        ...{ port, mqttPort, tlsPort, secure, whyNoClasses },
        base: options.base ?? '/',
        moved: running.moved,
        teacherSecret: running.teacherSecret,
        isTerminal: process.stdout.isTTY === true,
      }),
    );
  tellSupervisor({ port, mqttPort, tlsPort }, stop);
  return stop;
}
