/** What the doctor found: how it is, and what to do about it. */
export interface Finding {
  about: string;
  /** `bad`: the course does not work so. `note`: it works, and somebody should know. */
  state: 'good' | 'note' | 'bad';
  text: string;
  /** What to do, a line each. */
  todo?: readonly string[];
}

const marks = { good: 'ok ', note: '!  ', bad: 'NO ' } as const;

export const lineOf = ({ about, state, text, todo = [] }: Finding): string =>
  [
    `${marks[state]} ${about.padEnd(12)}${text}`,
    ...todo.map((one) => `${' '.repeat(16)}→ ${one}`),
  ].join('\n');
