/** `mosquitto_rr`: a request, and its response (client/rr_client.c, 2.0.11). */
import { err, reasonString, strerror } from '../mosquitto/codes.ts';
import type { ClientConfig } from '../mosquitto/client-config.ts';
import { makeClient, optionFault, refusalWords } from '../mosquitto/connect.ts';
import { printMessage } from '../mosquitto/print.ts';
import { errorWriter, failureText, runClient, startClient } from './client-start.ts';
import { interrupted, type Program, type ProgramIo } from './program.ts';

export const mosquittoRr: Program = async (args, io) => {
  const config = startClient('rr', args, io);
  if (typeof config === 'number') return config;
  const complain = errorWriter(config, io);
  const { topic, responseTopic, mode, properties } = config;
  if (topic === undefined || mode === 'none' || responseTopic === undefined) {
    io.stderr.write('Error: All of topic, message, and response topic must be supplied.\n');
    io.stderr.write("\nUse 'mosquitto_rr --help' to see usage.\n");
    return 1;
  }
  if (properties.publish.some(({ name }) => name === 'response-topic')) {
    complain('Error in PUBLISH properties: Duplicate response topic.\n');
    return 1;
  }
  properties.publish.push({ name: 'response-topic', value: responseTopic });
  const wrong = optionFault(config, io);
  if (wrong !== undefined) {
    complain(wrong);
    return 1;
  }
  return request(config, io, complain);
};

async function request(
  config: ClientConfig,
  io: ProgramIo,
  complain: (text: string) => void,
): Promise<number> {
  const { topic, responseTopic, qos, properties, version } = config;
  // It never reads the input of -f and -s: the request is empty then.
  const payload = new TextEncoder().encode(config.mode === 'text' ? config.message : '');
  const status = Promise.withResolvers<number>();
  let connackResult = 0;
  let timedOut = false;
  const finish = (rc: number): void => {
    if (timedOut) complain('Timed out\n');
    else if (rc !== err.success) complain(`Error: ${config.facts.spell(strerror(rc))}\n`);
    status.resolve(timedOut ? err.timeout : connackResult || rc);
  };
  const client = makeClient(config, io, {
    connected(result) {
      connackResult = result;
      if (result === 0) {
        client.subscribe([responseTopic!], qos, {}, properties.subscribe);
        return;
      }
      complain(failureText(config, result));
      client.disconnect(0, properties.disconnect);
    },
    subscribed(_mid, [granted = 128]) {
      if (granted >= 128) {
        complain(`${reasonString(granted)}\n`);
        client.disconnect(0, properties.disconnect);
        return;
      }
      const { rc } = client.publish({
        ...(topic !== undefined && { topic }),
        payload,
        qos,
        retain: false,
        properties: version < 5 ? [] : properties.publish,
      });
      if (rc !== err.success) finish(rc);
    },
    message(message) {
      const { out, wrong } = printMessage(config, message);
      if (wrong !== undefined) complain(wrong);
      io.stdout.write(out);
      // It closes without DISCONNECT: its will would be published.
      finish(err.success);
    },
    ended(rc) {
      if (rc === err.errno) {
        complain(refusalWords(undefined, config.facts));
        return status.resolve(1);
      }
      // Having got no response it counts its own leaving as none of its errors.
      finish(rc === err.noConn ? err.success : rc);
    },
  });
  return runClient(client, status.promise, {
    io,
    facts: config.facts,
    complain,
    signalled: () => status.resolve(interrupted),
    seconds: config.timeoutSeconds,
    timedOut() {
      timedOut = true;
      client.disconnect(4, properties.disconnect);
    },
  });
}
