/** How many files and sockets this process may have open. */
import { limitValues } from '../../shared/config.ts';

interface Report {
  userLimits?: { open_files?: { soft: number | 'unlimited' } };
}

/** Sockets of one learner with some panels open. */
const fewest = 64;

/**
 * @throws Error if the files that are kept spare leave no sockets: nobody would get in, and nothing would say
 *   why
 */
export function refuseFewFiles(limit = openFilesLimit()): void {
  const spare = limitValues().spareFiles;
  if (limit >= spare + fewest) return;
  throw new Error(
    `This process may open ${limit} files, and the course needs at least ${spare + fewest} (a class of 200: 4,000). Raise it before the start: ulimit -n 8192`,
  );
}

/** The soft limit, which Node raises to the hard limit when it starts; Windows has none. */
export function openFilesLimit(): number {
  // Newer than its types. Without it the report looks up a name for each socket.
  const report = process.report as typeof process.report & { excludeNetwork: boolean };
  report.excludeNetwork = true;
  const soft = (report.getReport() as Report).userLimits?.open_files?.soft;
  return typeof soft === 'number' ? soft : Infinity;
}
