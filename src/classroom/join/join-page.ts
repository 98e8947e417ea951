import type { MemberResponse } from '../../../sandbox/protocol/classroom.ts';
import { render } from '../../workbench/ui/view.ts';
import { loadProgress } from '../../progress/store.ts';
import { assignedItems, exerciseTitles } from '../assigned/assigned-list.ts';
import { askTicket, ClassError, comeBack, join, leave, me, names, pickName } from '../class-api.ts';
import { becomeMember, stopBeingMember, syncProgress } from '../membership.ts';
import { pageWords } from '../page-words.ts';
import { Waiting, type Wish } from './waiting.ts';
import { joinView, type JoinActions, type JoinModel } from './join-view.ts';

const page = document.querySelector<HTMLElement>('[data-join]')!;
const words = pageWords();

let model: JoinModel = {
  step: 'loading',
  // `/join/<code>` leads to `#<code>`: letters only.
  code: location.hash.replace(/[^a-z]/gi, '').slice(0, 12),
  ...{ list: null, isTyped: false },
  ...{ name: '', words: '', isBusy: false, error: null, assigned: null },
  language: document.documentElement.dataset['language'] === 'zh-tw' ? 'zh-tw' : 'en',
  home: page.dataset['home'] ?? '',
  privacy: page.dataset['privacy'] ?? '',
  shared: page.dataset['shared'] ?? '',
};

function change(next: Partial<JoinModel>): void {
  const isOther = next.step !== undefined && next.step !== model.step;
  model = { ...model, ...next };
  render(joinView(model, actions, words), page);
  if (isOther && model.step !== 'loading') focusFirst();
}

/** The first empty field, or the heading of the new step. */
function focusFirst(): void {
  const inputs = [...page.querySelectorAll('input')];
  (inputs.find(({ value }) => value === '') ?? page.querySelector<HTMLElement>('h1'))?.focus();
}

/** While many join at once, the page tries again by itself; milliseconds. */
const againMs = 3_000;
const mostTries = 40;

async function attempt(work: () => Promise<Partial<JoinModel>>, tries = 0): Promise<void> {
  change({ isBusy: true, ...(tries === 0 && { error: null }) });
  try {
    change({ ...(await work()), isBusy: false });
  } catch (error) {
    const key = error instanceof ClassError ? error.key : 'unreachable';
    const isAgain = key === 'joins-busy' && tries < mostTries;
    change({ isBusy: isAgain, error: key });
    // Not all at the same moment.
    if (isAgain) setTimeout(() => void attempt(work, tries + 1), againMs * (0.5 + Math.random()));
  }
}

/** Asked once for each code: each wrong one is counted. */
let asked = '';

/** Once six letters are typed: has the teacher a list? */
async function askNames(text: string, again = false): Promise<void> {
  const code = text.replace(/[^a-z]/gi, '').toUpperCase();
  if (code.length !== 6 || (code === asked && !again)) return;
  asked = code;
  try {
    const list = await names(code);
    if (code === asked) change({ list: list.listOnly || list.names.length > 0 ? list : null });
  } catch (error) {
    if (code === asked) change({ list: null, error: error instanceof ClassError ? error.key : 'unreachable' }); // prettier-ignore
  }
}

async function arrive(member: MemberResponse): Promise<Partial<JoinModel>> {
  const { id, name, words, code, assignment } = member;
  becomeMember(id);
  await syncProgress();
  history.replaceState(null, '', location.pathname);
  const assigned = assignment && {
    isTest: assignment.isTest,
    items: assignedItems(assignment, {
      ...{ progress: loadProgress(), titles: await exerciseTitles(model.home) },
    }),
  };
  return { step: 'member', name, words, code, assigned };
}

async function enter(wish: Wish): Promise<Partial<JoinModel>> {
  const joined = await ('pick' in wish
    ? pickName(wish.code, wish.pick)
    : join(wish.code, wish.name));
  if (!('ticket' in joined)) return arrive(joined);
  waiting.begin(wish, joined.ticket);
  return { step: 'waiting' };
}

const waiting = new Waiting({
  ask: askTicket,
  enter: (wish) => void attempt(() => enter(wish)),
  admitted: (member) => void attempt(() => arrive(member)),
  refused: (error) => change({ step: 'join', error, isBusy: false }),
});

const actions: JoinActions = {
  join: (code, name) => void attempt(() => enter({ code, name })),
  pick: (code, id) =>
    void attempt(() => enter({ code, pick: id })).then(
      // Somebody was faster: what is left.
      () => (model.error === 'name-taken' ? askNames(code, true) : undefined),
    ),
  typeCode(code) {
    // What was typed stays when the list comes.
    model = { ...model, code };
    void askNames(code);
  },
  typeName: (isTyped) => change({ isTyped }),
  comeBack: (code, text) => void attempt(async () => arrive(await comeBack(code, text))),
  show: (step) => change({ step, error: null }),
  stopWaiting() {
    waiting.stop();
    change({ step: 'join', error: null });
  },
  leave: () =>
    void attempt(async () => {
      // What is only here must be on the server before this device forgets it.
      await syncProgress();
      await leave();
      stopBeingMember();
      return { step: 'join', name: '', words: '' };
    }),
};

void attempt(async () => {
  const member = await me();
  if (member) return arrive(member);
  return { step: waiting.resume() ? 'waiting' : 'join' };
}).then(() => {
  if (model.step === 'loading') change({ step: 'join' });
  if (model.step === 'join') void askNames(model.code);
});
