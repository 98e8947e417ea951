/**
 * The only image that is here: eclipse-mosquitto, as its Dockerfiles make it (docker/2.0-openssl/ and
 * docker/2.1-alpine/ of eclipse-mosquitto/mosquitto 7b8aba1).
 */
import type { MosquittoVersion } from '../../../../sandbox/protocol/mosquitto.ts';
import { ofRun } from './words.ts';

export const repository = 'eclipse-mosquitto';
/** Newest first. A tag that follows the versions means the newest here. */
const tags: ReadonlyMap<string, MosquittoVersion> = new Map([
  ['latest', '2.1.2'],
  ['2', '2.1.2'],
  ['2.1', '2.1.2'],
  ['2.1.2', '2.1.2'],
  ['2.0', '2.0.21'],
  ['2.0.21', '2.0.21'],
  ['2.0.11', '2.0.11'],
]);
export const imageTags = [...tags.keys()];

export const configPath = '/mosquitto/config/mosquitto.conf';
/** CMD */
export const usualCommand = ['/usr/sbin/mosquitto', '-c', configPath] as const;
/** Its folders; what else the image has is not looked at. */
export const imageFolders = [
  '/mosquitto',
  '/mosquitto/config',
  '/mosquitto/data',
  '/mosquitto/log',
];

/** mosquitto-no-auth.conf of 2.0; of 2.1 without its dashboard, which the sandbox has not. */
const openConf = `# This is a Mosquitto configuration file that creates a listener on port 1883
# that allows unauthenticated access.

listener 1883
allow_anonymous true
`;
/** Of 2.0: mosquitto.conf of its sources, in which every line is a comment. */
const commentedConf = `# Config file for mosquitto
#
# See mosquitto.conf(5) for more information.
#
# Default values are shown, uncomment to change.
#
# Use the # character to indicate a comment, but only if it is the
# very first character on the line.
`;

export const imageFiles = (version: MosquittoVersion): ReadonlyMap<string, string> =>
  new Map([
    [configPath, version === '2.1.2' ? openConf : commentedConf],
    ['/mosquitto-no-auth.conf', openConf],
  ]);

export interface Image {
  tag: string;
  version: MosquittoVersion;
}

const component = '[a-z0-9]+(?:(?:\\.|_|__|-+)[a-z0-9]+)*';
const reference = new RegExp(
  `^((?:[a-zA-Z0-9.-]+(?::\\d+)?/)?${component}(?:/${component})*)(?::([\\w][\\w.-]{0,127}))?$`,
);

/**
 * The image that a reference names; a string: the reference as Docker calls one that is not here. Throws
 * a DockerError if it is none.
 */
export function imageOf(text: string): Image | string {
  const found = reference.exec(text);
  if (!found) {
    const name = text.replace(/:[^/]*$/, '');
    const why = /[A-Z]/.test(name)
      ? `: repository name (${name.includes('/') ? name : `library/${name}`}) must be lowercase`
      : '';
    throw ofRun(`invalid reference format${why}`);
  }
  const [, name = '', tag = 'latest'] = found;
  const short = name.replace(/^(?:(?:index\.)?docker\.io\/)?(?:library\/)?/, '');
  const version = short === repository ? tags.get(tag) : undefined;
  return version ? { tag, version } : `${short}:${tag}`;
}
