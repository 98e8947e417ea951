/** A panel of the workbench as a learner opens it, and faults on the lines of its room. */
import { expect, type Locator, type Page } from '@playwright/test';
import type { RoomResponse, WatchMessage } from '../sandbox/protocol/api.ts';
import type { PanelName } from '../sandbox/protocol/exercise.ts';
import type { FaultRule } from '../sandbox/protocol/faults.ts';
import { roomUrl } from '../src/workbench/room/room-api.ts';
import type { LessonPage } from './lesson-page.ts';

/** Brings the panel to the front: by its tab where it has one, else from “More”. */
export async function openPanel(lesson: LessonPage, name: PanelName): Promise<Locator> {
  const { workbench, words } = lesson;
  const label = words[`workbench.panel.${name}`]!;
  const tab = workbench.getByRole('tab', { name: label, exact: true });
  if ((await tab.count()) === 0) {
    // The toolbar has a “More” of its own.
    await workbench
      .getByRole('group', { name: words['workbench.panels']!, exact: true })
      .getByRole('button', { name: words['workbench.panels.more']!, exact: true })
      .click();
    await lesson.page.getByRole('menuitemcheckbox', { name: label, exact: true }).click();
  }
  await tab.click();
  const panel = workbench.getByRole('tabpanel', { name: label, exact: true });
  await expect(panel).not.toHaveAttribute('aria-busy', 'true');
  return panel;
}

/** The page's room, as its tab keeps it. */
export const roomOf = (page: Page): Promise<RoomResponse> =>
  page.evaluate(() => {
    const key = Object.keys(sessionStorage).find((name) => name.startsWith('retained:room:'));
    return JSON.parse(sessionStorage.getItem(key!)!) as RoomResponse;
  });

/** The page's room, with the page's keys: what its own watch stream may do, a test may too. */
export class RoomWatch {
  readonly #socket: WebSocket;
  #ids = 0;

  constructor(origin: string, room: RoomResponse) {
    this.#socket = new WebSocket(roomUrl(origin, room, 'watch', { from: 1, run: 0 }));
  }

  /** Resolves when the room has them. */
  async arm(rules: FaultRule[]): Promise<void> {
    const id = ++this.#ids;
    const done = this.next((message) => message.type === 'done' && message.id === id);
    this.#socket.send(JSON.stringify({ type: 'arm', id, rules }));
    await done;
  }
  next(wanted: (message: WatchMessage) => boolean): Promise<WatchMessage> {
    return new Promise((resolve, reject) => {
      this.#socket.addEventListener('close', () => reject(new Error('the room closed its stream')));
      this.#socket.addEventListener('message', ({ data }) => {
        if (typeof data !== 'string') return;
        const message = JSON.parse(data) as WatchMessage;
        if (wanted(message)) resolve(message);
      });
    });
  }
  close(): void {
    this.#socket.close();
  }
}

/** The user name in a command of “From your own computer” is the room's address. */
export const addressIn = (command: string): string => /-u '?([\w-]+)/.exec(command)![1]!;
