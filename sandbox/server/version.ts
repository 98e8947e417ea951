/** The version that the brokers of this server's rooms name: `package.json` has it, and nothing else. */
import { readFileSync } from 'node:fs';

const manifest = new URL('../../package.json', import.meta.url);
const { version } = JSON.parse(readFileSync(manifest, 'utf8')) as { version: string };

/** `$SYS/broker/version`; Mosquitto's is `mosquitto version 2.0.11`. */
export const brokerVersion = `retained version ${version}`;
