/** In an exercise's page: keeps the progress of a member's device and the server's the same. */
import { addStyles } from '../workbench/ui/add-styles.ts';
import { sendMistake } from './class-api.ts';
import memberStyles from './member/member.css?url';
import { memberHere, syncProgress } from './membership.ts';

/** Of `src/workbench/help/help.ts`. */
interface Failed {
  exercise: string;
  files: { name: string; text: string }[];
}

/** Changes of so many milliseconds are sent together. */
const quietMs = 1_500;

let timer: ReturnType<typeof setTimeout> | undefined;
let isBusy = false;

function later(): void {
  clearTimeout(timer);
  timer = setTimeout(() => void now(), quietMs);
}

async function now(): Promise<void> {
  if (isBusy) return later();
  isBusy = true;
  // Without a network it is sent the next time that something changes, or with the next page.
  await syncProgress().catch(() => {});
  isBusy = false;
}

/** Longer texts are no longer an example that a class can read. */
const mostText = 8_000;

function failed(event: Event): void {
  const { exercise, files } = (event as CustomEvent<Failed>).detail;
  const short = files
    .slice(0, 8)
    .map(({ name, text }) => ({ name, text: text.slice(0, mostText) }));
  // It is only an example: without a network there is none.
  if (short.length > 0) void sendMistake(exercise, short).catch(() => {});
}

const member = memberHere();
if (member !== null) {
  const language = document.documentElement.dataset['language'] === 'zh-tw' ? 'zh-tw' : 'en';
  void Promise.all([import('./member/member-line.ts'), addStyles(memberStyles)]).then(
    ([{ openMemberLine }]) => openMemberLine(member, language),
    // Without a network the exercise works, too.
    () => {},
  );
  void now();
  document.addEventListener('retained:failed', failed);
  document.addEventListener('retained:passed', later);
  document.addEventListener('retained:progress', () => !isBusy && later());
}
