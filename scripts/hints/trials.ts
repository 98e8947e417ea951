/**
 * `trials.txt` of an exercise: programs as other people write them, right and wrong, and the hint that
 * names what is wrong.
 *
 *     == right callbacks
 *     @ lamp.ts                    a whole program, up to the next line of this kind
 *     …
 *     == wrong quotes -> failed    `-> seen ~`: the hint says what was seen, and can't name it
 *     ~ lamp.ts                    the solution's (`~ starter lamp.ts`: the starter's), changed:
 *     -qos: 1                      this text, wherever it stands, of one line or more,
 *     +qos: '1'                    becomes this one
 */
import type { ExerciseFiles, Programs } from '../check-lessons/lesson.ts';

export interface Trial {
  name: string;
  isRight: boolean;
  /** Id of the hint that a wrong one should get. */
  hint: string;
  /** That hint names the mistake; else it says what was seen. */
  isNamed: boolean;
  programs: Programs;
}

/** @throws naming the line that can't be read */
export function readTrials(text: string, files: ExerciseFiles): Trial[] {
  const parts = text.split(/^== /m).slice(1);
  return parts.map((part) => {
    const [head = '', ...body] = part.split('\n');
    const found = /^(right|wrong) (\S+)(?: -> (\S+)( ~)?)?$/.exec(head.trimEnd());
    if (!found || (found[1] === 'wrong') !== (found[3] !== undefined)) {
      throw new Error(`${files.id}/trials.txt: “== ${head}” is neither right nor wrong -> hint`);
    }
    const [, kind, name = '', hint = '', honest] = found;
    return {
      ...{ name, isRight: kind === 'right', hint, isNamed: honest === undefined },
      programs: programsOf(body, files, `${files.id}/trials.txt, ${name}`),
    };
  });
}

function programsOf(lines: string[], { starter, solution }: ExerciseFiles, where: string) {
  const programs = new Map(solution);
  const sections = lines.join('\n').split(/^(?=[@~] )/m);
  for (const section of sections) {
    const [head = '', ...body] = section.split('\n');
    const [mark, ...words] = head.trim().split(' ');
    if (head.trim() === '') continue;
    const file = words.at(-1) ?? '';
    if (mark === '@') programs.set(file, `${body.join('\n').trimEnd()}\n`);
    else {
      const before = (words[0] === 'starter' ? starter : programs).get(file);
      if (before === undefined) throw new Error(`${where}: there is no ${file}`);
      programs.set(file, changed(before, body, `${where}, ${file}`));
    }
    // A file that is not there at all.
    if (mark === '@' && body.join('').trim() === '') programs.delete(file);
  }
  return programs;
}

/** Pairs of texts: what stands there, and what takes its place. A line without a mark goes on with its text. */
function changed(before: string, lines: string[], where: string): string {
  const texts: { mark: string; text: string }[] = [];
  for (const line of lines) {
    const last = texts.at(-1);
    if (/^[-+]/.test(line)) texts.push({ mark: line[0]!, text: line.slice(1) });
    else if (last) last.text += `\n${line}`;
  }
  let text = before;
  for (let at = 0; at < texts.length; at += 2) {
    const [old, now] = [texts[at]!, texts[at + 1]];
    if (old.mark !== '-' || now?.mark !== '+' || !text.includes(old.text)) {
      throw new Error(`${where}: has no “${old.text}”`);
    }
    text = text.replaceAll(old.text, () => now.text.replace(/\n+$/, ''));
  }
  return text;
}
