import {
  brokerFileNames,
  cloudFileNames,
  type BrokerFiles,
} from '../../../sandbox/protocol/exercise.ts';
import type { Words } from '../i18n/words.ts';
import deviceModule from './device/index.js?raw';
import deviceTypes from '../editor/monaco/typings/device.d.ts?raw';
import { toBroker, type BrokerAddress } from './broker-address.ts';

export interface ProjectDeps {
  /** `<lesson>/<exercise>`. */
  exercise: string;
  title: string;
  /** The page's address, so that the reader finds the lesson again. */
  page: string;
  programs: readonly { name: string; text: string }[];
  brokerFiles: BrokerFiles | undefined;
  /** The page's room, or undefined for a Mosquitto on the reader's own computer. */
  room: BrokerAddress | undefined;
  mqttVersion: string;
  words: Words;
}

/** The files of a folder that runs with Node as it is, by path. */
export function projectFiles(parts: ProjectDeps): Record<string, string> {
  const { programs, brokerFiles = {}, room } = parts;
  const usesDevice = programs.some(({ text }) => /from\s*['"]device['"]/.test(text));
  const files: Record<string, string> = {
    'package.json': packageJson(parts, usesDevice),
    'README.md': readme(parts),
  };
  for (const { name, text } of programs) files[name] = room ? toBroker(text, room) : text;
  for (const name of [...brokerFileNames, ...cloudFileNames]) {
    const text = brokerFiles[name];
    if (text !== undefined) files[`broker/${name}`] = text;
  }
  if (usesDevice) {
    files['device/package.json'] = json({
      name: 'device',
      version: '1.0.0',
      type: 'module',
      exports: './index.js',
      types: './index.d.ts',
    });
    files['device/index.js'] = deviceModule;
    files['device/index.d.ts'] = asModule(deviceTypes);
  }
  return files;
}

function packageJson({ exercise, programs, mqttVersion }: ProjectDeps, device: boolean): string {
  const names = programs.map(({ name }) => name);
  const [first] = names;
  const scripts =
    names.length === 1
      ? { start: `node ${first}` }
      : Object.fromEntries(names.map((name) => [name.replace(/\.ts$/, ''), `node ${name}`]));
  return json({
    name: exercise.replace('/', '-'),
    private: true,
    type: 'module',
    // From here on Node runs TypeScript without a flag.
    engines: { node: '>=22.18' },
    scripts,
    dependencies: { mqtt: mqttVersion, ...(device && { device: 'file:./device' }) },
  });
}

function readme({ title, page, programs, room, brokerFiles, words }: ProjectDeps): string {
  const t = (key: string, values?: Record<string, string>) =>
    words(`workbench.readme.${key}`, values);
  const runs = programs.map(({ name }) =>
    programs.length === 1 ? 'npm start' : `npm run ${name.replace(/\.ts$/, '')}`,
  );
  const mosquitto = brokerFiles ? t('files') : t('mosquitto');
  return [
    `# ${title}`,
    t('from', { page }),
    `${t('needs')}\n\n\`\`\`sh\nnpm install\n${runs.join('\n')}\n\`\`\``,
    ...(programs.length > 1 ? [t('shells')] : []),
    room ? t('room', { host: room.host, port: String(room.port) }) : mosquitto,
    t('key'),
  ]
    .slice(0, room ? undefined : -1)
    .join('\n\n')
    .concat('\n');
}

/** The editor declares the module; a package's own types are the module. */
function asModule(declaration: string): string {
  const [, inside = ''] = /declare module 'device' \{\n([\s\S]*)\n\}/.exec(declaration) ?? [];
  return `${inside.replace(/^ {2}/gm, '')}\n`;
}

const json = (value: unknown) => `${JSON.stringify(value, null, 2)}\n`;
