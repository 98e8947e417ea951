/** In an exercise's page: keeps the progress of a member's device and the server's the same. */
import { memberHere, syncProgress } from './membership.ts';

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

const member = memberHere();
if (member !== null) {
  const language = document.documentElement.dataset['language'] === 'zh-tw' ? 'zh-tw' : 'en';
  void import('./member/member-line.ts').then(
    ({ openMemberLine }) => openMemberLine(member, language),
    // Without a network the exercise works, too.
    () => {},
  );
  void now();
  document.addEventListener('retained:passed', later);
  document.addEventListener('retained:progress', () => !isBusy && later());
}
