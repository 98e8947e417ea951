/** A client as a learner's program has it: MQTT.js in the device runtime, over ports into a room. */
import { Duplex } from 'node:stream';
import * as library from 'mqtt';
import type { IClientOptions, MqttClient } from 'mqtt';
import { memoryPair } from '../room/memory-pair.ts';
import type { Room } from '../room/room.ts';
import type { LineChunk } from '../../src/workbench/device/messages.ts';
import type { DuplexClass } from '../../src/workbench/device/runtime/line.ts';
import { makeMqtt } from '../../src/workbench/device/runtime/mqtt.ts';

/** What the page does for a device: joins its port to a line of the room. */
function openLine(room: Room, name: string): MessagePort {
  const { port1, port2 } = new MessageChannel();
  const [near, far] = memoryPair();
  if (!room.attach(far, { transport: 'memory', role: 'device', name })) far.destroy();
  near.on('data', (chunk: Uint8Array) => port1.postMessage(Uint8Array.from(chunk)));
  near.once('close', () => {
    port1.postMessage(null);
    port1.close();
  });
  port1.onmessage = ({ data }: MessageEvent<LineChunk>) => {
    if (near.destroyed) return;
    if (data === null) near.end();
    else near.write(data);
  };
  return port2;
}

/** The `mqtt` that a device's program imports, whose connections are lines of the room. */
export const deviceMqtt = (room: Room, name: string): typeof library =>
  makeMqtt({
    library,
    Duplex: Duplex as unknown as DuplexClass,
    tls: false,
    openLine: () => openLine(room, name),
    lineOpened: () => {},
    flooded() {},
    anyPort: true,
    hosts: [],
    clientMade: () => {},
    mapped: () => {},
    explain: ({ url }) => url,
  });

/** It reconnects after 20 ms: that is when MQTT redelivers ([MQTT-4.4.0-1]). */
export function deviceClient(room: Room, name: string, options: IClientOptions = {}): MqttClient {
  return deviceMqtt(room, name).connect('mqtt://localhost', {
    clientId: name,
    reconnectPeriod: 20,
    ...options,
  });
}
