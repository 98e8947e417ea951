/** The exercise in a real room: its mistakes get their hints, and its solution passes. */
import { afterEach, describe, expect, it } from 'vitest';
import { createBroker } from '../../engine/builtin/index.ts';
import type { BrokerDeed } from '../../protocol/process.ts';
import { Room } from '../../room/room.ts';
import { roomClient } from '../room-client.ts';
import { entriesOf, untilSeen } from '../seen.ts';
import { forgetful, lasting, persistence, polite } from './persistence.ts';

let room: Room | undefined;
afterEach(async () => {
  await room?.close('stopping');
  room = undefined;
});

/** The door publishes while the phone is away; then the learner does something to the broker. */
async function play(conf: string, deed: BrokerDeed, isEmpty = false): Promise<Room> {
  const played = new Room({ code: 'exercise', engine: createBroker, exercise: persistence });
  room = played;
  await played.reset({ 'mosquitto.conf': conf });
  const phone = roomClient(played, { role: 'device', name: 'phone' });
  await phone.connect('phone', { clean: false });
  await phone.subscribe('door', 1);
  phone.terminate();
  await untilSeen(played, () => entriesOf(played, 'line-closed').length > 0);
  const door = roomClient(played, { role: 'device', name: 'door' });
  await door.connect('door');
  if (!isEmpty) await door.deliver('door', 'open', 1, { retain: true });
  await played.operate(deed);
  await played.operate('start');
  return played;
}
const results = (played: Room) =>
  played.checks().map(({ id, state, hint }) => `${id} ${hint?.id ?? state}`);

describe('the exercise on persistence', () => {
  it('is solved by a broker that saves at each change, and is killed', async () => {
    expect(results(await play(lasting, 'kill'))).toEqual(['stopped true', 'killed true']);
  });

  it('takes a power cut for a kill', async () => {
    expect(results(await play(lasting, 'cut-power'))).toEqual(['stopped true', 'killed true']);
  });

  it('tells who has no persistence', async () => {
    const played = await play(forgetful, 'stop');
    expect(results(played)).toEqual(['stopped no-persistence', 'killed not-yet']);
  });

  it('tells who had nothing that could be kept', async () => {
    const played = await play(polite, 'stop', true);
    expect(results(played)).toEqual(['stopped nothing-to-keep', 'killed not-yet']);
  });

  it('has half of it with persistence alone, and says what a kill lost', async () => {
    expect(results(await play(polite, 'stop'))).toEqual(['stopped true', 'killed not-yet']);
    await room?.close('stopping');
    const played = await play(polite, 'kill');
    expect(results(played)).toEqual(['stopped not-yet', 'killed not-saved-yet']);
    expect(played.checks()[1]?.hint?.values).toEqual({ count: 1 });
  });
});
