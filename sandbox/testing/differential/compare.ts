/** One case on both brokers: every line in which they differ, `-` Mosquitto's and `+` the sandbox's. */
import { limits } from '../../shared/config.ts';
import type { MosquittoVersion } from '../../protocol/mosquitto.ts';
import type { Case } from './cases.ts';
import type { TestCertificates } from './certificates.ts';
import { startMosquitto } from './mosquitto.ts';
import { startSandbox } from './sandbox.ts';
import { act } from './steps.ts';
import type { Connect } from './steps.ts';
import type { Reach } from '../open-stream.ts';

/** What Mosquitto says of the machine it runs on, and not of its files. */
export const ofTheMachine = /listen socket on port|should not be run as root|^OpenSSL Error/;

export async function compare(
  version: MosquittoVersion,
  { files, modes, steps = [], log, everything }: Case,
  tls: TestCertificates,
): Promise<string[]> {
  const reference = await startMosquitto(version, files, tls, modes);
  try {
    const subject = await startSandbox(version, files, tls, modes);
    try {
      const start = differences(
        [...reference.log, reference.started ? 'runs' : 'stopped'].filter(notOfTheMachine),
        [...subject.log(), subject.started ? 'runs' : 'stopped'].filter(notOfTheMachine),
      );
      if (!reference.started || !subject.started) return start;
      const atStart = subject.log().length;
      // One after the other: the machine may have one core.
      const said = await act(
        steps,
        (step) => reachOf(step, reference.port(step.port), tls),
        (deed) => reference.operate(deed),
      );
      const theirs = said.map((line) => line.replace(' maximumPacketSize 2000000', ''));
      const all = await act(
        steps,
        (step) => reachOf(step, subject.port(step.port), tls),
        (deed) => subject.operate(deed),
      );
      const ours = everything ? all : all.map((line) => line.replace(ofEveryRoom, ''));
      await Promise.all([reference.stop(), subject.stop()]);
      const meanwhile = log
        ? differences(
            withoutAddresses(reference.logged()).filter((line) => !ofMosquitto.test(line)),
            withoutAddresses(subject.log().slice(atStart)),
          )
        : [];
      return [...start, ...differences(theirs, ours), ...meanwhile];
    } finally {
      await subject.stop();
    }
  } finally {
    await reference.stop();
  }
}

/** The Maximum Packet Size of every room in a 5.0 CONNACK. */
const ofEveryRoom = new RegExp(` maximumPacketSize ${limits.packetBytes.default}\\b`);

/** The packets and wills that it logs with `log_type debug`. */
const ofMosquitto = /^(Received|Sending) [A-Z]+ |^No will message specified/;

/** A room's log has line numbers; Mosquitto's has the address and the listener. */
export const withoutAddresses = (lines: readonly string[]): string[] =>
  lines.map((line) =>
    line
      .replace(/from (line \d+|[\d.]+:\d+)( on port \d+)?/, 'from somewhere')
      .replace(/ \[(line \d+|[\d.]+:\d+)\] /, ' [somewhere] '),
  );

const notOfTheMachine = (line: string): boolean => !ofTheMachine.test(line);

function reachOf(step: Connect, port: number, tls: TestCertificates): Reach {
  const { protocol = 'mqtt' } = step;
  if (step.tls === undefined) return { port, protocol };
  const own = step.tls === 'sensor' ? tls.sensor : {};
  return { port, protocol, tls: { ca: tls.ca, ...own } };
}

/** The lines that only one side has, in order: found by the longest common subsequence. */
export function differences(theirs: readonly string[], ours: readonly string[]): string[] {
  const common: number[][] = Array.from({ length: theirs.length + 1 }, () =>
    Array.from({ length: ours.length + 1 }, () => 0),
  );
  const at = (i: number, j: number) => common[i]?.[j] ?? 0;
  for (let i = theirs.length - 1; i >= 0; i -= 1) {
    for (let j = ours.length - 1; j >= 0; j -= 1) {
      const row = common[i] ?? [];
      row[j] = theirs[i] === ours[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1));
    }
  }
  const found: string[] = [];
  let i = 0;
  let j = 0;
  while (i < theirs.length || j < ours.length) {
    if (i < theirs.length && j < ours.length && theirs[i] === ours[j]) {
      i += 1;
      j += 1;
    } else if (i < theirs.length && (j >= ours.length || at(i + 1, j) >= at(i, j + 1))) {
      found.push(`- ${theirs[i] ?? ''}`);
      i += 1;
    } else {
      found.push(`+ ${ours[j] ?? ''}`);
      j += 1;
    }
  }
  return found;
}
