/** The language's words in the page: `words('workbench.run')`, `{name}` filled from `values`. */
export type Words = (key: string, values?: Record<string, string | number>) => string;

/** A missing key shows as itself: the build has already failed for it, so here nothing may throw. */
export function createWords(...languageFiles: Record<string, string>[]): Words {
  const all: Record<string, string> = Object.assign(Object.create(null), ...languageFiles);
  return (key, values) => fill(all[key] ?? key, values);
}

/** Replaces `{name}` by its value; a name without a value stays as it is. */
export function fill(text: string, values: Record<string, string | number> = {}): string {
  return text.replace(/\{(\w+)\}/g, (whole, name: string) =>
    Object.hasOwn(values, name) ? String(values[name]) : whole,
  );
}
