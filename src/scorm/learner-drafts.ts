/**
 * A platform's learners may share one browser, and its origin has one store. So the programs of the
 * learner before are put aside, under their id, and those of this one are brought back.
 */
const OWN = 'retained:scorm-learner';
const ASIDE = 'retained:scorm:';
const DRAFTS = ['retained:draft:', 'retained:broker-files:', 'retained:before-shared:'];

const keysOf = (store: Storage): string[] =>
  Array.from({ length: store.length }, (_, at) => store.key(at) ?? '');

function move(store: Storage, from: string, to: string): void {
  const text = store.getItem(from);
  store.removeItem(from);
  if (text !== null) store.setItem(to, text);
}

/** @param learner the platform's id; empty: the platform names nobody, and nothing is moved */
export function bringDraftsOf(learner: string, store: Storage): void {
  const before = store.getItem(OWN);
  if (learner === '' || learner === before) return;
  const aside = (name: string) => `${ASIDE}${encodeURIComponent(name)}:`;
  for (const key of keysOf(store))
    if (DRAFTS.some((start) => key.startsWith(start))) move(store, key, aside(before ?? '') + key);
  const own = aside(learner);
  for (const key of keysOf(store)) if (key.startsWith(own)) move(store, key, key.slice(own.length));
  store.setItem(OWN, learner);
}
