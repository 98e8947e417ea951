/** Whether the lamp was announced so that Home Assistant takes it in. */
import { quote } from '../../sandbox/checks/quote.ts';
import { failed, visible } from '../../sandbox/checks/steps.ts';
import { over, published } from '../../sandbox/checks/view.ts';
import type { Check } from '../../sandbox/protocol/exercise.ts';
import {
  ANNOUNCEMENT,
  LAMP,
  announcements,
  configIn,
  hearsItself,
  isOver,
  known,
  missingKey,
  notKept,
  textOf,
} from './heard.ts';

export const announced: Check = {
  id: 'announced',
  holds: (view) => known(view) !== undefined,
  hints: [
    {
      id: 'not-json',
      when: (view) => {
        const found = announcements(published(view, LAMP)).find(({ config }) => !config);
        return found ? { payload: quote(textOf(found.seen)) } : false;
      },
    },
    {
      id: 'not-a-light',
      when: (view) => {
        const found = announcements(published(view, LAMP)).find(
          ({ component, config }) => config && component !== 'light',
        );
        return found ? { component: found.component } : false;
      },
    },
    {
      id: 'missing-key',
      when: (view) => {
        for (const { config } of announcements(published(view, LAMP))) {
          const key = config && missingKey(config);
          if (key) return { key, keys: Object.keys(config).join(', ') };
        }
        return false;
      },
    },
    {
      id: 'same-topic',
      when: (view) => {
        const found = announcements(published(view, LAMP)).find(
          ({ config }) => config && hearsItself(config),
        );
        return found ? { topic: visible(found.config!['command_topic']!) } : false;
      },
    },
    {
      id: 'wrong-config-topic',
      when: (view) => {
        const found = published(view, LAMP).find(
          (seen) =>
            !ANNOUNCEMENT.test(seen.packet.topic) &&
            (seen.packet.topic.startsWith('homeassistant/') ||
              configIn(textOf(seen))?.['command_topic'] !== undefined),
        );
        return found ? { topic: visible(found.packet.topic) } : false;
      },
    },
    {
      id: 'not-kept',
      when: (view) => {
        const [first] = announcements(published(view, LAMP));
        return notKept(view, 0, first?.seen.packet.topic);
      },
    },
    failed(LAMP),
    { id: 'never-announced', when: (view) => isOver(view) || over(view, LAMP) },
  ],
};
