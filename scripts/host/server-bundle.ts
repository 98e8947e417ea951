/** The server, its packages and the lessons' exercises as one file that Node runs as it is. */
import { build, type Rolldown } from 'vite';

/** @param root the repository */
export async function serverBundle(root: string): Promise<string> {
  const result = (await build({
    root,
    configFile: false,
    publicDir: false,
    logLevel: 'warn',
    ssr: { noExternal: true },
    build: {
      ssr: 'scripts/host/bundled.ts',
      write: false,
      minify: true,
      target: 'node22',
      rolldownOptions: { output: { codeSplitting: false } },
    },
  })) as Rolldown.RolldownOutput;
  return result.output[0].code;
}
