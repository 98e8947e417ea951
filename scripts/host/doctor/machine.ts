/** Node, clock, open files. */
import { openFilesLimit } from '../../../sandbox/server/admission/open-files.ts';
import { courseBegan } from '../../../sandbox/shared/calendar.ts';
import type { Finding } from './finding.ts';

/** The oldest Node that runs TypeScript and has what the server uses. */
const oldest = [22, 18] as const;

export function nodeFinding(version: string): Finding {
  const [major = 0, minor = 0] = version.replace(/^v/, '').split('.').map(Number);
  const isOld = major < oldest[0] || (major === oldest[0] && minor < oldest[1]);
  return {
    about: 'Node',
    state: isOld ? 'bad' : 'good',
    text: `${version}${isOld ? `, which is older than ${oldest.join('.')}` : ''}`,
    ...(isOld && { todo: ['install Node 24 from https://nodejs.org'] }),
  };
}

const day = 24 * 3_600_000;

/** @param newest the newest time in the data folder; 0 without one */
export function clockFinding(now: number, newest: number): Finding {
  const about = 'clock';
  const shown = `${new Date(now).toISOString().slice(0, 16).replace('T', ' ')} UTC`;
  if (now < courseBegan || now + day < newest)
    return {
      about,
      state: 'bad',
      text: `${shown} is in the past${now < courseBegan ? '' : ': the data folder was written later'}`,
      todo: [
        'set it: MQTT over TLS and the times of a class need it (Linux: sudo timedatectl set-ntp true, or sudo date -s "…")',
      ],
    };
  return { about, state: 'good', text: shown };
}

export function filesFinding(limit = openFilesLimit()): Finding {
  const about = 'open files';
  const text = limit === Infinity ? 'no limit' : `at most ${limit}`;
  if (limit >= 4096) return { about, state: 'good', text };
  return {
    about,
    state: limit < 320 ? 'bad' : 'note',
    text: `${text}: a class of 30 needs about 500, one of 200 about 3,000`,
    todo: ['ulimit -n 8192, before the start (systemd: LimitNOFILE=8192)'],
  };
}
