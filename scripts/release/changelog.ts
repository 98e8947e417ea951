/** `CHANGELOG.md` and versions: what a release makes of “Unreleased”. */

/** 1.2.3 */
const form = /^(\d+)\.(\d+)\.(\d+)$/;

export function isNewer(version: string, than: string): boolean {
  const [a, b] = [form.exec(version), form.exec(than)];
  if (!a || !b) return false;
  for (const part of [1, 2, 3]) {
    const difference = Number(a[part]) - Number(b[part]);
    if (difference !== 0) return difference > 0;
  }
  return false;
}

/** What stands under “Unreleased”; empty if there is nothing. */
export const unreleased = (changelog: string): string =>
  /^## Unreleased\n(.*?)(?=^## )/ms.exec(changelog)?.[1]?.trim() ?? '';

/**
 * @param date 2026-01-31
 * @throws Error if there is nothing to release
 */
export function released(changelog: string, version: string, date: string): string {
  if (unreleased(changelog) === '')
    throw new Error('CHANGELOG.md has nothing under “Unreleased”: there is nothing to release.');
  return changelog.replace(/^## Unreleased\n/m, `## Unreleased\n\n## ${version} - ${date}\n`);
}
