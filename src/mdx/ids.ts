/** The ids that a lesson's prose uses; they must be the same in every language. */

const components = [
  ...['Exercise', 'Check', 'Hint', 'Proof', 'OwnProgram'],
  ...['Quiz', 'Predict', 'Answer', 'Outcome', 'Source'],
];

/**
 * What identifies each component in the text, in order: `Exercise publish`, `Check connected`,
 * `Answer` (with `right` where it is), `Source mqtt-3.1.1 3.2 MQTT-3.2.0-1`.
 */
export function idsOf(text: string): string[] {
  const found: string[] = [];
  const withoutCode = text.replace(/^(```+)[\s\S]*?^\1/gm, '');
  for (const [, name, props = ''] of withoutCode.matchAll(
    /<([A-Z]\w+)((?:[^>"']|"[^"]*"|'[^']*')*)>/g,
  )) {
    if (!components.includes(name!)) continue;
    const prop = (key: string) => props.match(new RegExp(`\\b${key}="([^"]*)"`))?.[1];
    const right = /\bright\b/.test(props) ? 'right' : undefined;
    const keys = ['id', 'for', 'exercise', 'of', 'section', 'statement'];
    const parts = [...keys.map(prop), right];
    found.push([name, ...parts.filter((part) => part !== undefined)].join(' '));
  }
  return found;
}

/** Throws if the languages of a lesson differ, naming the first difference. */
export function sameIds(lesson: string, texts: Partial<Record<string, string>>): void {
  const [first, ...others] = Object.keys(texts);
  if (first === undefined) return;
  const expected = idsOf(texts[first] ?? '');
  for (const other of others) {
    const found = idsOf(texts[other] ?? '');
    const length = Math.max(expected.length, found.length);
    for (let at = 0; at < length; at += 1) {
      if (expected[at] === found[at]) continue;
      throw new Error(
        `lessons/${lesson}: ${first}.mdx has <${expected[at] ?? 'nothing more'}> where ` +
          `${other}.mdx has <${found[at] ?? 'nothing more'}>; both need the same, in the same order`,
      );
    }
  }
}
