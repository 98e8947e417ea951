/** The `node:fs` of a program: the files that lie beside it, to read. */

type Encoding = string | { encoding?: string | null } | null;
export interface FileModules {
  fs: { readFileSync(path: string | URL, encoding?: Encoding): unknown; promises: FilePromises };
  promises: FilePromises;
}
interface FilePromises {
  readFile(path: string | URL, encoding?: Encoding): Promise<unknown>;
}

/** @param toBytes UTF-8, as a Buffer */
export function makeFiles(
  files: Readonly<Record<string, string>>,
  toBytes: (text: string) => Uint8Array,
): FileModules {
  function readFileSync(path: string | URL, given?: Encoding): unknown {
    const asked = typeof path === 'string' ? path : String(path?.href ?? path);
    const name = asked.replace(/^(?:\.\/|file:\/\/\/|retained:\/\/\/|\/home\/learner\/)+/, '');
    if (!Object.hasOwn(files, name)) {
      const missing = new Error(`ENOENT: no such file or directory, open '${asked}'`);
      throw Object.assign(missing, { errno: -2, code: 'ENOENT', syscall: 'open', path: asked });
    }
    const encoding = typeof given === 'string' ? given : given?.encoding;
    return encoding ? files[name]! : toBytes(files[name]!);
  }
  const promises = {
    readFile: async (path: string | URL, encoding?: Encoding) => readFileSync(path, encoding),
  };
  return { fs: { readFileSync, promises }, promises };
}
