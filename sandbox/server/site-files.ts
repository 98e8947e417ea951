/** The files of the built site in memory: a request opens no file. */
import { createHash } from 'node:crypto';
import { readdirSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { extname, join, relative, sep } from 'node:path';

const types: Record<string, string> = {
  '.css': 'text/css',
  '.html': 'text/html;charset=utf-8',
  '.ico': 'image/x-icon',
  '.jpg': 'image/jpeg',
  '.js': 'text/javascript',
  '.json': 'application/json',
  '.map': 'application/json',
  '.mjs': 'text/javascript',
  '.pdf': 'application/pdf',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.ttf': 'font/ttf',
  '.txt': 'text/plain',
  '.wasm': 'application/wasm',
  '.webmanifest': 'application/manifest+json',
  '.webp': 'image/webp',
  '.woff2': 'font/woff2',
  '.xml': 'text/xml',
};

const encodings = [
  ['br', '.br'],
  ['gzip', '.gz'],
] as const;

export interface SiteFile {
  /** Its path in the site: `/en/index.html`. */
  path: string;
  headers: Record<string, string>;
  body: Buffer;
}

export class SiteFiles {
  readonly #directory: string;
  /** Paths in the site, as they were at the start. */
  readonly #paths: ReadonlySet<string>;
  /** Contents, read on first use; at most the size of the site. */
  readonly #read = new Map<string, Promise<{ body: Buffer; etag: string }>>();

  constructor(directory: string) {
    this.#directory = directory;
    const entries = readdirSync(directory, { recursive: true, withFileTypes: true });
    this.#paths = new Set(
      entries
        .filter((entry) => entry.isFile())
        .map((entry) => relative(directory, join(entry.parentPath, entry.name)))
        .map((file) => `/${file.split(sep).join('/')}`)
        .filter((path) => !/\/\.(?!well-known\/)/.test(path)),
    );
  }

  /**
   * The file at a URL's path, in the best encoding that the client accepts: `/en` and `/en/` are
   * `/en/index.html`. Null if the site has none.
   */
  async find(urlPath: string, accepted = ''): Promise<SiteFile | null> {
    const path = this.#pathOf(urlPath);
    if (path === undefined) return null;
    const [encoding, ending] = encodings.find(
      ([name, suffix]) => accepts(accepted, name) && this.#paths.has(path + suffix),
    ) ?? [null, ''];
    const { body, etag } = await this.#load(path + ending);
    return {
      path,
      body,
      headers: {
        'Content-Type': types[extname(path)] ?? 'application/octet-stream',
        'Content-Length': String(body.length),
        ETag: etag,
        Vary: 'Accept-Encoding',
        ...(encoding && { 'Content-Encoding': encoding }),
      },
    };
  }

  #pathOf(urlPath: string): string | undefined {
    let path: string;
    try {
      path = decodeURI(urlPath).replace(/\/$/, '');
    } catch {
      return undefined;
    }
    return [path, `${path}.html`, `${path}/index.html`].find((each) => this.#paths.has(each));
  }

  #load(path: string): Promise<{ body: Buffer; etag: string }> {
    let read = this.#read.get(path);
    if (!read) {
      read = readFile(join(this.#directory, path)).then((body) => ({
        body,
        etag: `W/"${createHash('sha256').update(body).digest('base64url').slice(0, 22)}"`,
      }));
      // A read that failed (too many open files) is tried again the next time.
      read.catch(() => this.#read.delete(path));
      this.#read.set(path, read);
    }
    return read;
  }
}

/** Whether `Accept-Encoding` allows it: a weight of 0 does not (RFC 9110, section 12.5.3). */
const accepts = (header: string, encoding: string): boolean =>
  header.split(',').some((each) => {
    const [name, weight = ''] = each
      .trim()
      .toLowerCase()
      .split(/\s*;\s*/);
    return name === encoding && !/^q=0(?:\.0*)?$/.test(weight);
  });
