/** What depends on where the course is published; empty where it isn't known. */

/** The repository's address, such as `https://example.org/retained`: for links to edit a lesson. */
export const repository: string = (process.env['RETAINED_REPOSITORY'] ?? '').replace(/\/$/, '');

/** Where one can edit a file of the repository; undefined where the repository isn't known. */
export const editAddress = (path: string): string | undefined =>
  repository ? `${repository}/edit/main/${path}` : undefined;
