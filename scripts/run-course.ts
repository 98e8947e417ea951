/** The course's server as a program: its addresses are printed, and signals stop it politely. */
import type { RunningServer } from '../sandbox/server/main.ts';
import { defaults } from '../sandbox/shared/config.ts';
import { welcome } from './addresses.ts';
import type { HostOptions } from './options.ts';

/** Time for a polite end; nothing may keep a host waiting longer. */
const STOP_MS = 1500;

/** @returns how to stop it */
export function runCourse(running: RunningServer, options: HostOptions): () => void {
  // A class would lose all its rooms because of one bug: the error is logged, and the course goes
  // on.
  process.on('uncaughtException', (error) => console.error(error));
  const stop = () => {
    setTimeout(() => process.exit(0), STOP_MS).unref();
    void running.stop().finally(() => process.exit(0));
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.once(signal, stop);
  console.log(
    welcome({
      host: options.host ?? defaults.host,
      port: running.port,
      mqttPort: running.mqttPort,
      tlsPort: running.tlsPort,
      secure: running.secure,
      base: options.base ?? '/',
      moved: running.moved,
      teacherSecret: running.teacherSecret,
      whyNoClasses: running.whyNoClasses,
      isTerminal: process.stdout.isTTY === true,
    }),
  );
  return stop;
}
