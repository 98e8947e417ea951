/** Who may read the broker's files: owner, group and mode, and which user the broker becomes. */
import type { FileModes } from '../../../protocol/exercise.ts';
import { conf, guarded, knocking, open, passwd, ruled, talking } from './shared.ts';
import type { Case } from './shared.ts';

const acl = 'topic read a\ntopic write a\n';
const owned = (text: string, modes: FileModes, steps?: Case['steps']): Case => ({
  ...conf(
    `owners: ${text.replaceAll('\n', ', ')}${JSON.stringify(modes)}${steps ? ', and clients' : ''}`,
    text,
    steps,
    text.includes('acl_file') ? { passwd, acl } : { passwd },
  ),
  modes,
});
const plugin = (name: string): string =>
  `listener 1883\nplugin /usr/lib/x86_64-linux-gnu/mosquitto/mosquitto_${name}_file.so\nplugin_opt_${name}_file /etc/mosquitto/${name === 'acl' ? name : 'passwd'}\n`;

const modes = [
  ...['root:root 600', 'root:root 644', 'root:mosquitto 640', 'mosquitto:mosquitto 644'],
  ...['mosquitto:root 600', 'mosquitto:mosquitto 0', 'mosquitto:root 040', 'mosquitto:mosquitto 601'],
  ...['root:mosquitto 604', 'root:root 060', 'root:root 4755', 'mosquitto:mosquitto 200'],
]; // prettier-ignore

export const owners: Case[] = [
  ...modes.map((mode) => owned(guarded, { passwd: mode })),
  ...modes.map((mode) => owned(ruled, { acl: mode })),
  owned(guarded, { passwd: 'root:mosquitto 640' }, knocking),
  owned(ruled, { acl: 'root:root 644' }, talking('a', '#')),
  owned(`${open}psk_file /etc/mosquitto/passwd\n`, { passwd: 'root:root 600' }),
  // Read by root, before the broker gives it up.
  owned(guarded, { 'mosquitto.conf': 'root:root 600' }),
  ...['root:root 700', 'root:root 711', 'mosquitto:mosquitto 500', 'mosquitto:root 600'].map((mode) => owned(guarded, { '.': mode })),
  ...['root', 'nobody'].flatMap((user) =>
    ['mosquitto:mosquitto 600', 'root:root 600', 'mosquitto:nogroup 640', 'nobody:mosquitto 400'].map((mode) =>
      owned(`user ${user}\n${guarded}`, { passwd: mode }),
    ),
  ),
  ...['root:root 600', 'root:root 644', 'root:mosquitto 640'].flatMap((mode) => [
    { ...owned(plugin('password'), { passwd: mode }), since: '2.1.2' as const },
    { ...owned(`${plugin('acl')}acl_file /etc/mosquitto/acl\n`, { acl: mode }), since: '2.1.2' as const },
  ]),
  // Named in a way of its own, read twice.
  owned('per_listener_settings true\nlistener 1883\npassword_file /etc/mosquitto/passwd\nlistener 1884\npassword_file /etc/mosquitto/passwd\n', { passwd: 'root:root 644' }),
]; // prettier-ignore
