/** In an exercise's page: the member is here, hears the teacher, and says when they leave. */
import {
  classTopics,
  readBring,
  readFreeze,
  readNote,
  readPresence,
} from '../../../sandbox/protocol/class-topics.ts';
import { readLook } from '../../../sandbox/protocol/class-screen.ts';
import { readSharedState } from '../../../sandbox/protocol/shared-room.ts';
import { newId, openClassLine, type ClassLine, type ClassMessage } from '../class-line.ts';
import { FromTeacher } from './from-teacher.ts';
import { PageAssigned } from './page-assigned.ts';
import { pageScreen } from './page-screen.ts';
import { PageShow } from './page-show.ts';
import { PageStarters } from './page-starters.ts';
import { ScreenSender } from './screen-sender.ts';
import { SharedNotice } from './shared-notice.ts';

/** What is said to all, and holds until it is taken back. */
const untilTakenBack = ['assignment', 'freeze', 'shared', 'show'].map(
  (what) => `class/all/${what}`,
);
const retained = { qos: 1, retain: true } as const;

export function openMemberLine(member: string, language: 'en' | 'zh-tw'): void {
  const presence = classTopics.presence(member);
  const shown = new FromTeacher(language);
  const assigned = new PageAssigned(language);
  const show = new PageShow(language, shown);
  const starters = new PageStarters(language, shown);
  const shared = new SharedNotice(language, shown);
  let line: ClassLine | undefined;
  const screen = new ScreenSender(newId(), {
    read: pageScreen,
    isShown: () => !document.hidden,
    // One that is lost is sent again when something changes, or the teacher's page says that it still looks.
    send: (json) =>
      void line?.publish(classTopics.screen(member), json, { qos: 0 }).catch(() => {}),
    looked: (since) => shown.looked(since),
    now: () => Date.now(),
  });
  const here = (to: ClassLine): void => void to.publish(presence, 'here', retained).catch(() => {});

  function message(said: ClassMessage): void {
    const { of, what, payload, secondsLeft } = said;
    if (what === 'show') return show.said(payload);
    if (what === 'starter') return starters.said(said);
    // Another page of this member has been closed: this one is still here.
    if (what === 'presence' && !readPresence(payload)) return line && here(line);
    if (what === 'assignment') return assigned.said(payload);
    // An empty message takes back what was retained.
    if (what === 'shared') return void shared.said(readSharedState(payload) ?? null);
    if (what === 'freeze') {
      const freeze = readFreeze(payload);
      return shown.freeze(freeze ? Math.min(freeze.seconds, secondsLeft ?? freeze.seconds) : 0);
    }
    const look = what === 'look' && readLook(payload);
    if (look) screen.look(look);
    const note = what === 'note' && readNote(payload);
    if (note) shown.note(note, of === 'all');
    const bring = what === 'bring' && readBring(payload);
    if (bring) void shown.bring(bring);
  }

  function open(): void {
    const own = ['note', 'look', 'presence'].map((what) => `class/${member}/${what}`);
    line = openClassLine({
      ...{
        path: 'mqtt',
        who: member,
        subscribes: ['class/all/+', ...own, ...starters.topics(member)],
        takenBack: [...untilTakenBack, ...starters.topics(member)],
        message,
      },
      will: { topic: presence, payload: new TextEncoder().encode('away') as never, ...retained },
      connected: here,
      lost: () => screen.stop(),
    });
  }
  open();
  // Without a DISCONNECT: the broker publishes the last will.
  addEventListener('pagehide', () => {
    screen.stop();
    line?.close();
  });
  addEventListener('pageshow', (event: PageTransitionEvent) => event.persisted && open());
}
