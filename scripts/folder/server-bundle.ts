/** The server, its packages and the lessons' exercises as one file that Node runs as it is. */
import { build, type Plugin, type Rolldown } from 'vite';
import { brokerVersion } from '../../sandbox/server/version.ts';

/** It reads the `package.json` that is beside it in the repository. */
const version: Plugin = {
  name: 'retained:version',
  load: (id) =>
    id.endsWith('/sandbox/server/version.ts')
      ? `export const brokerVersion = ${JSON.stringify(brokerVersion)};`
      : null,
};

/** @param root the repository */
export async function serverBundle(root: string): Promise<string> {
  const result = (await build({
    root,
    configFile: false,
    publicDir: false,
    logLevel: 'warn',
    plugins: [version],
    ssr: { noExternal: true },
    build: {
      ssr: 'scripts/folder/run.ts',
      write: false,
      minify: true,
      target: 'node22',
      rolldownOptions: { output: { codeSplitting: false } },
    },
  })) as Rolldown.RolldownOutput;
  return result.output[0].code;
}
