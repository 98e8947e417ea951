#!/usr/bin/env node
// Old syntax only: a Node that is too old has to be able to say so. The course itself is imported by the process
// that serves: the one above it waits, and stays small.
const [major, minor] = process.versions.node.split('.').map(Number);
if (major < 22 || (major === 22 && minor < 18)) {
  console.error(
    `Retained needs Node 22.18 or newer; this is ${process.version}. Node 24 is at https://nodejs.org.`,
  );
  process.exitCode = 1;
} else {
  // Node calls its own SQLite experimental.
  const emit = process.emitWarning;
  process.emitWarning = (warning, ...rest) => {
    if (!String(warning).startsWith('SQLite is an experimental')) emit(warning, ...rest);
  };
  import('./supervise.mjs').then(async ({ supervise, wantsSupervisor }) => {
    const args = process.argv.slice(2);
    if (wantsSupervisor(args, process.env))
      process.exitCode = await supervise(process.argv[1], args);
    else import('./course.mjs');
  });
}
