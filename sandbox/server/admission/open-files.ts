/** How many files and sockets this process may have open. */

interface Report {
  userLimits?: { open_files?: { soft: number | 'unlimited' } };
}

/** The soft limit, which Node raises to the hard limit when it starts; Windows has none. */
export function openFilesLimit(): number {
  // Newer than its types. Without it the report looks up a name for each socket.
  const report = process.report as typeof process.report & { excludeNetwork: boolean };
  report.excludeNetwork = true;
  const soft = (report.getReport() as Report).userLimits?.open_files?.soft;
  return typeof soft === 'number' ? soft : Infinity;
}
