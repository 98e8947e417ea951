/** What the buttons of the teacher's page do. */
import type { ClassRequest } from '../../../sandbox/protocol/classroom.ts';
import { addNames, changeClass, createClass, signOut } from '../class-api.ts';
import type { Lead } from './lead.ts';
import { notBegun } from './live-class.ts';
import type { Starters } from './starters.ts';
import type { TeachActions, TeachModel } from './teach-model.ts';

export interface TeachHost {
  model(): TeachModel;
  change(next: Partial<TeachModel>): void;
  /** Shows the reason if the work fails. */
  attempt(work: () => Promise<Partial<TeachModel>>): Promise<void>;
  /** Sends a change of the class; then the page changes so. */
  obey(request: ClassRequest, after?: Partial<TeachModel>): void;
  follow(id: string): void;
  showClasses(): void;
  showCell(member: string, exercise: string): Promise<void>;
  showExercise(exercise: string): Promise<void>;
  /** This browser is the teacher's no longer. */
  strange(): void;
  again(): void;
  lead: Lead;
  starters: Starters;
}

export function teachActions(host: TeachHost): TeachActions {
  const { change, attempt, obey, follow, lead } = host;
  return {
    create: () =>
      void attempt(async () => {
        const [made] = (await createClass(host.model().course.language)).classes;
        follow(made!.id);
        return { isCodeShown: true };
      }),
    open: (id) => follow(id),
    showClasses: () => host.showClasses(),
    again: () => host.again(),
    lock: (locked) => obey({ type: 'lock', locked }),
    asks: (asks) => obey({ type: 'asks', asks }),
    answer: (ids, isYes) => obey({ type: 'answer', ids: [...ids], isYes }),
    share: (isOpen) => obey({ type: 'share', isOpen, isPaused: false }),
    endShow: () => obey({ type: 'end-show' }),
    newCode: () => obey({ type: 'new-code' }, { isCodeShown: true }),
    showCode(isShown) {
      const isNew = isShown !== host.model().isCodeShown;
      change({ isCodeShown: isShown });
      if (!isNew) return;
      // Without the right to it the dialog is large enough.
      if (isShown) void document.documentElement.requestFullscreen?.().catch(() => {});
      else if (document.fullscreenElement) void document.exitFullscreen();
    },
    redraw: () => change({}),
    choosePart: (part) => change({ part }),
    chooseOrder: (order) => change({ order }),
    showBoard: (isBoard) => change({ isBoard }),
    showCell: (member, exercise) => void host.showCell(member, exercise),
    showMember: (member) =>
      change({ detail: { kind: 'member', member, isSure: false }, said: null }),
    showExercise: (exercise) => void host.showExercise(exercise),
    closeDetail: () => change({ detail: null, error: null }),
    rename: (member, name) => obey({ type: 'rename', member, name }, { detail: null }),
    remove(member) {
      const { detail } = host.model();
      if (detail?.kind !== 'member') return;
      if (!detail.isSure) return change({ detail: { ...detail, isSure: true } });
      obey({ type: 'remove', member }, { detail: null });
    },
    addNames: (text, done) =>
      void attempt(async () => {
        const list = await addNames(host.model().live!.class.id, text);
        done();
        return { list };
      }),
    draft(next, focus) {
      change({ draft: next, assigned: null });
      // A button that moves with its line loses the focus.
      if (focus !== undefined)
        requestAnimationFrame(() => document.querySelector<HTMLElement>(`[data-assign="${CSS.escape(focus)}"]`)?.focus()); // prettier-ignore
    },
    assign: (assignment) =>
      void attempt(async () => {
        const { id } = host.model().live!.class;
        await changeClass(id, { type: 'assign', assignment });
        const { live } = host.model();
        // The stream says so a moment later.
        const now = live && { ...live, class: { ...live.class, assignment } };
        const rest = { live: now, draft: null };
        return assignment
          ? { ...rest, assigned: 'set', part: 'assigned' }
          : { ...rest, assigned: 'back', part: 'now' };
      }),
    listOnly: (listOnly) => obey({ type: 'list-only', listOnly }),
    release: (member) => obey({ type: 'release', member }, { detail: null }),
    merge: (member, from) => obey({ type: 'merge', member, from }, { detail: null }),
    removeIdle() {
      const { sure, live } = host.model();
      if (sure?.kind === 'idle')
        return obey({ type: 'remove-idle', until: sure.until }, { sure: null });
      const idle = live ? notBegun(live) : [];
      const until = Math.max(0, ...idle.map(({ joined }) => joined));
      change({ sure: { kind: 'idle', until, n: idle.length } });
    },
    deleteClass() {
      if (host.model().sure?.kind !== 'delete') return change({ sure: { kind: 'delete' } });
      obey({ type: 'delete' });
    },
    note: (text, to) => lead.note(text, to),
    bring: (exercise) => lead.bring(exercise),
    freeze: (seconds) => lead.freeze(seconds),
    starter: {
      open: (exercise) => void host.starters.open(exercise),
      write: (name, text) => host.starters.write(name, text),
      give: (to) => void host.starters.give(to),
      back: (to, exercise) => void host.starters.back(to, exercise),
    },
    signOut(everywhere) {
      if (everywhere && host.model().sure?.kind !== 'out') return change({ sure: { kind: 'out' } });
      void attempt(async () => {
        await signOut(everywhere);
        host.strange();
        return { announcement: '' };
      });
    },
    keep: () => change({ sure: null }),
  };
}
