/** A room as the page has it, with what a lesson's check needs of it. */
import {
  hasFiles,
  type BrokerFiles,
  type CheckResult,
  type View,
} from '../../../sandbox/protocol/exercise.ts';
import type { TraceEntry } from '../../../sandbox/protocol/trace.ts';
import { RoomError, type Room } from '../../../src/workbench/room/room.ts';
import type { RoomUnderTest } from './room-under-test.ts';

/** Resolves when the room has begun its first run with these files. */
export async function pageRoom(room: Room, files: BrokerFiles): Promise<RoomUnderTest> {
  let entries: TraceEntry[] = [];
  let results: readonly CheckResult[] = [];
  const under: RoomUnderTest = {
    device: (...reported) => room.reportDevice(...reported),
    openLine: (...line) => room.openLine(...line),
    get tcp() {
      const { info } = room;
      if (!info || info.tcpPort === null) return undefined;
      return { host: '127.0.0.1', port: info.tcpPort, address: info.address };
    },
    async reset(now) {
      await room.reset(now);
    },
    operate: (deed, now) =>
      room.operate(deed, now).then(
        () => undefined,
        (error) => (error instanceof RoomError ? error.key : 'internal'),
      ),
    arm: (rules) => room.arm(rules, true),
    onChange: undefined,
    entries: () => entries,
    streamed: () => results,
    view: async (): Promise<View> => ({ entries, state: await room.state() }),
    close: async () => room.dispose(),
  };
  room.subscribe((event) => {
    if (event.type === 'reset') entries = [];
    if (event.type === 'missing') {
      throw new Error(`the room no longer had ${event.count} entries`);
    }
    if (event.type === 'entries') entries.push(...event.entries);
    if (event.type === 'checks') results = event.results;
    if (event.type === 'entries' || event.type === 'checks') under.onChange?.();
  });
  await room.reset(hasFiles(files) ? files : undefined);
  return under;
}
