/** Validates what a page asks over the watch stream: hostile until it has passed here. */
import type { WatchRequest } from './api.ts';
import type { BrokerFiles } from './exercise.ts';
import type { FaultAction, FaultRule, LinkConditions } from './faults.ts';
import type { PacketKind } from './mqtt.ts';
import type { DeviceState } from './trace.ts';

type Json = Record<string, unknown>;

const kinds: readonly PacketKind[] = [
  'CONNECT', 'CONNACK', 'PUBLISH', 'PUBACK', 'PUBREC', 'PUBREL', 'PUBCOMP', 'SUBSCRIBE',
  'SUBACK', 'UNSUBSCRIBE', 'UNSUBACK', 'PINGREQ', 'PINGRESP', 'DISCONNECT', 'AUTH',
]; // prettier-ignore
const states: readonly DeviceState[] = ['off', 'running', 'ended', 'failed'];
const fileNames = ['mosquitto.conf', 'passwd', 'acl'] as const;
const maxFileChars = 65_536;
const maxNameChars = 128;
const maxDelayMs = 60_000;

const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const isName = (value: unknown): value is string =>
  typeof value === 'string' && value.length > 0 && value.length <= maxNameChars;
const isCount = (value: unknown, most: number): value is number =>
  typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= most;
const isNumber = (value: unknown, most: number): value is number =>
  typeof value === 'number' && value >= 0 && value <= most;

function action(value: unknown): FaultAction | null {
  if (!isObject(value)) return null;
  switch (value['do']) {
    case 'delay':
      return isNumber(value['ms'], maxDelayMs) ? { do: 'delay', ms: value['ms'] } : null;
    case 'drop':
    case 'drop-and-cut':
    case 'duplicate':
    case 'cut':
    case 'freeze':
      return { do: value['do'] };
    default:
      return null;
  }
}

function rule(value: unknown): FaultRule | null {
  if (!isObject(value)) return null;
  const { client, direction, kind, after, times } = value;
  const does = action(value['action']);
  if (!does || (direction !== 'to-broker' && direction !== 'to-client')) return null;
  if (client !== undefined && !isName(client)) return null;
  if (kind !== undefined && !kinds.includes(kind as PacketKind)) return null;
  if (after !== undefined && !isCount(after, 1_000_000)) return null;
  if (times !== undefined && !isCount(times, 1_000_000)) return null;
  return {
    direction,
    action: does,
    ...(client !== undefined && { client }),
    ...(kind !== undefined && { kind: kind as PacketKind }),
    ...(after !== undefined && { after }),
    ...(times !== undefined && { times }),
  };
}

function weatherOf(value: unknown): LinkConditions | null {
  if (!isObject(value) || !isName(value['client'])) return null;
  const { client, latencyMs, loss, frozen } = value;
  if (latencyMs !== undefined && !isNumber(latencyMs, maxDelayMs)) return null;
  if (loss !== undefined && !isNumber(loss, 1)) return null;
  if (frozen !== undefined && typeof frozen !== 'boolean') return null;
  return {
    client,
    ...(latencyMs !== undefined && { latencyMs }),
    ...(loss !== undefined && { loss }),
    ...(frozen !== undefined && { frozen }),
  };
}

function filesOf(value: unknown): BrokerFiles | null {
  if (!isObject(value)) return null;
  const files: BrokerFiles = {};
  for (const name of fileNames) {
    const text = value[name];
    if (text === undefined) continue;
    if (typeof text !== 'string' || text.length > maxFileChars) return null;
    files[name] = text;
  }
  return files;
}

/** The request, made of nothing but what its type names; null where it is not one. */
export function parseWatchRequest(text: string): WatchRequest | null {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return null;
  }
  if (!isObject(value)) return null;
  if (value['type'] === 'device')
    return isName(value['device']) && states.includes(value['state'] as DeviceState)
      ? { type: 'device', device: value['device'], state: value['state'] as DeviceState }
      : null;
  const { id } = value;
  if (!isCount(id, Number.MAX_SAFE_INTEGER)) return null;
  switch (value['type']) {
    case 'state':
      return { type: 'state', id };
    case 'reset': {
      if (value['files'] === undefined) return { type: 'reset', id };
      const files = filesOf(value['files']);
      return files && { type: 'reset', id, files };
    }
    case 'arm': {
      if (!Array.isArray(value['rules'])) return null;
      const rules = value['rules'].slice(0, 100).map(rule);
      if (rules.includes(null)) return null;
      const replace = value['replace'] === true;
      return { type: 'arm', id, rules: rules as FaultRule[], ...(replace && { replace }) };
    }
    case 'weather': {
      const weather = weatherOf(value['weather']);
      return weather && { type: 'weather', id, weather };
    }
    case 'cut':
      return isName(value['client']) ? { type: 'cut', id, client: value['client'] } : null;
    case 'disconnect': {
      const { clientId } = value;
      // An administrator's tool takes any client identifier that a CONNECT may have.
      return typeof clientId === 'string' && clientId.length <= 65_535
        ? { type: 'disconnect', id, clientId }
        : null;
    }
    case 'clear-retained':
      return typeof value['topic'] === 'string' && value['topic'].length <= 65_535
        ? { type: 'clear-retained', id, topic: value['topic'] }
        : null;
    default:
      return null;
  }
}
