/** What a learner has passed, as data: by the parts of the course, in its order. */
import type { Work } from '../../../sandbox/protocol/work.ts';
import { workKey, type LiveClass } from '../teach/live-class.ts';

export interface SheetCourse {
  /** The exercises of the course, in its order. */
  columns: readonly { id: string; title: string; part: string }[];
  parts: readonly { id: string; title: string }[];
}
export interface SheetLine {
  title: string;
  /** Milliseconds since 1970. */
  at: number;
  /** `page`: the learner's page says so; no check on the server has seen it. */
  by: 'checks' | 'page';
  /** Up to the pass; null if nobody has counted them. */
  tries: number | null;
}
export interface Sheet {
  member: string;
  name: string;
  passed: number;
  all: number;
  /** Some were said by the learner's page only. */
  hasSaid: boolean;
  /** Only those with a pass. */
  parts: { title: string; all: number; lines: SheetLine[] }[];
}

function lineOf(title: string, work: Work | undefined): SheetLine | null {
  if (!work) return null;
  const { passed, said, took } = work;
  if (passed !== null) return { title, at: passed, by: 'checks', tries: took };
  return said === null ? null : { title, at: said, by: 'page', tries: null };
}

/** Of all who have joined, by name; nobody has picked a name of the list that is free. */
export function sheetsOf(
  live: LiveClass,
  { columns, parts }: SheetCourse,
  language: string,
): Sheet[] {
  const byName = new Intl.Collator(language, { numeric: true });
  const members = live.members.filter(({ seat }) => seat !== 'free');
  return [...members]
    .sort((a, b) => byName.compare(a.name, b.name))
    .map(({ id, name }) => {
      const all = parts.map((part) => {
        const own = columns.filter((column) => column.part === part.id);
        const lines = own
          .map((column) => lineOf(column.title, live.work.get(workKey(id, column.id))))
          .filter((line) => line !== null);
        return { title: part.title, all: own.length, lines };
      });
      const lines = all.flatMap((part) => part.lines);
      return {
        ...{ member: id, name, passed: lines.length, all: columns.length },
        hasSaid: lines.some(({ by }) => by === 'page'),
        parts: all.filter((part) => part.lines.length > 0),
      };
    });
}
