/** The room's part of the vendor files: a worker with a room and its engine, and a chunk for each exercise. */
import { build } from 'vite';
import { roomBundle } from './room.ts';

/** The reading of packets, and the usual checks. */
const readers =
  /sandbox[\\/](?:mqtt[\\/](?:packet|read|rules|reason|prop|topic-syntax|varint|utf8)|checks[\\/](?:common|quote)\.ts)/;

export async function buildRoomWorker(root: string, out: string): Promise<void> {
  const { build: options, ...shared } = roomBundle(root);
  const { rolldownOptions } = options;
  await build({
    ...shared,
    // Chunks find each other wherever the site is.
    base: './',
    build: {
      ...options,
      outDir: out,
      emptyOutDir: false,
      rolldownOptions: {
        ...rolldownOptions,
        input: 'src/workbench/room-worker/room-worker.ts',
        output: {
          format: 'es',
          entryFileNames: 'room.js',
          chunkFileNames: 'exercise-[hash].js',
          // What checks and the room share is one chunk: each more costs bytes of its own.
          codeSplitting: { groups: [{ name: 'shared', test: readers }] },
        },
      },
    },
  });
}
