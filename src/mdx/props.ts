/**
 * Props that authors write in MDX are checked here, so that an error stops the build and names the
 * allowed values.
 */

const list = (values: readonly string[]) => values.map((value) => `"${value}"`).join(', ');

/** One of the allowed words. */
export function oneOf<T extends string>(
  component: string,
  prop: string,
  value: unknown,
  allowed: readonly T[],
): T {
  if (allowed.includes(value as T)) return value as T;
  throw new Error(`<${component} ${prop}="${String(value)}">: ${prop} is one of ${list(allowed)}`);
}

/** Words of small letters, figures and hyphens: they stand in addresses, folders and learners' progress. */
export function id(component: string, prop: string, value: unknown): string {
  if (typeof value === 'string' && /^[a-z0-9]+(-[a-z0-9]+)*$/.test(value)) return value;
  throw new Error(
    `<${component} ${prop}="${String(value)}">: ${prop} is small letters and figures with hyphens between, such as "wrong-case"`,
  );
}

/** A text that is not empty. */
export function text(component: string, prop: string, value: unknown): string {
  if (typeof value === 'string' && value.trim() !== '') return value;
  throw new Error(`<${component}>: ${prop} is missing; it is a text`);
}

/**
 * The ids that the prose gives sentences for are exactly those that the exercise asks for.
 * `where` is the file in which they are asked for.
 */
export function sameSet(
  component: string,
  where: string,
  wanted: readonly string[],
  found: readonly string[],
): void {
  const twice = found.find((one, at) => found.indexOf(one) !== at);
  if (twice !== undefined) throw new Error(`<${component}> "${twice}" stands twice; keep one`);
  const missing = wanted.filter((one) => !found.includes(one));
  if (missing.length > 0) {
    throw new Error(`<${component}> is missing for ${list(missing)}, which ${where} asks for`);
  }
  const unknown = found.find((one) => !wanted.includes(one));
  if (unknown !== undefined) {
    throw new Error(`<${component}> "${unknown}": ${where} has ${list(wanted)}`);
  }
}
