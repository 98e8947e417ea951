/** The lesson's page on a room that is about to be busy, with the panels open. */
import type { Locator, Page } from 'playwright';
import { LessonPage } from '../../e2e/lesson-page.ts';
import { addressIn, openPanel } from '../../e2e/panel-page.ts';
import type { PanelName } from '../../sandbox/protocol/exercise.ts';
import type { Room } from '../../sandbox/room/room.ts';
import type { BusyCourse } from './busy-room.ts';

export const loadPanels = ['stage', 'wire', 'packets', 'topics', 'broker', 'line'] as const;

export interface BusyPage {
  lesson: LessonPage;
  room: Room;
  /** Brings the panel to the front; all of them stay open and count. */
  front(name: PanelName): Promise<Locator>;
}
export async function busyPage(page: Page, course: BusyCourse): Promise<BusyPage> {
  const lesson = new LessonPage(page);
  await lesson.open();
  const [command] = await lesson.ownComputer();
  // Every tab is there, and every panel has been in front once.
  for (const name of loadPanels) await openPanel(lesson, name);
  return {
    lesson,
    room: course.room(addressIn(command!)),
    front: (name) => openPanel(lesson, name),
  };
}
