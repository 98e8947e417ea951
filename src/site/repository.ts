/** The repository's page and links to it; undefined if it is not known. */
import { execFileSync } from 'node:child_process';

/**
 * The page of a repository, by the address that git clones it from: `git@example.org:a/b.git` and
 * `https://me@example.org/a/b.git` are `https://example.org/a/b`. Undefined for what no browser opens.
 */
export function pageOf(remote: string): string | undefined {
  const match =
    /^(?:https?:\/\/(?:[^/@]*@)?|ssh:\/\/(?:[^/@]*@)?|[\w.-]+@)([\w-]+(?:\.[\w-]+)+)(?::\d+)?[:/](.+)$/.exec(
      remote.trim(),
    );
  const path = match?.[2]!.replace(/\.git$/, '').replace(/\/$/, '');
  return path && `https://${match![1]}/${path}`;
}

function fromGit(): string | undefined {
  try {
    const remote = execFileSync('git', ['remote', 'get-url', 'origin'], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    return pageOf(remote);
  } catch {
    // No git, or a folder from an archive.
    return undefined;
  }
}

/** The repository's page, such as `https://example.org/retained`: for links to edit a lesson. */
export const repository: string = (process.env['RETAINED_REPOSITORY'] ?? fromGit() ?? '').replace(
  /\/$/,
  '',
);

/** The URL to edit a file of the repository; undefined if its page is not known. */
export const editAddress = (path: string): string | undefined =>
  repository ? `${repository}/edit/main/${path}` : undefined;
