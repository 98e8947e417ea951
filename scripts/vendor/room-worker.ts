/** The room's part of the vendor files: a worker with a room and its engine, and a chunk for each exercise. */
import { build } from 'vite';
import { nodeGlobals, withoutNode } from './without-node.ts';

export async function buildRoomWorker(root: string, out: string): Promise<void> {
  await build({
    root,
    configFile: false,
    publicDir: false,
    logLevel: 'warn',
    // Chunks find each other wherever the site is.
    base: './',
    define: { 'process.env.NODE_ENV': '"production"', global: 'globalThis' },
    plugins: [withoutNode()],
    build: {
      outDir: out,
      emptyOutDir: false,
      target: 'es2022',
      modulePreload: false,
      rolldownOptions: {
        input: 'src/workbench/room-worker/room-worker.ts',
        transform: { inject: nodeGlobals },
        output: {
          format: 'es',
          entryFileNames: 'room.js',
          chunkFileNames: 'exercise-[hash].js',
        },
      },
    },
  });
}
