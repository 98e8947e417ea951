export interface DiffRow {
  kind: 'same' | 'changed';
  /** A line of the learner's program; absent if the solution has one more. */
  yours?: string;
  solution?: string;
}

/** Two programs line by line, so that what belongs together stands side by side. */
export async function diffLines(yours: string, solution: string): Promise<DiffRow[]> {
  const { diffLines } = await import('diff');
  const rows: DiffRow[] = [];
  let removed: string[] = [];
  const flush = (added: string[]) => {
    for (let i = 0; i < Math.max(removed.length, added.length); i += 1) {
      rows.push({
        kind: 'changed',
        ...(i < removed.length && { yours: removed[i]! }),
        ...(i < added.length && { solution: added[i]! }),
      });
    }
    removed = [];
  };
  const parts = diffLines(ended(yours), ended(solution), { ignoreWhitespace: false });
  for (const part of parts) {
    const lines = part.value.split('\n').slice(0, -1);
    if (part.removed) removed = lines;
    else if (part.added) flush(lines);
    else {
      flush([]);
      rows.push(...lines.map((line): DiffRow => ({ kind: 'same', yours: line, solution: line })));
    }
  }
  flush([]);
  return rows;
}

/** A last line without its end is the same line. */
const ended = (text: string) => `${text.replace(/\r\n/g, '\n').replace(/\n*$/, '')}\n`;
