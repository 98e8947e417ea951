/** The files of the built site in memory: a request opens no file. */
import { createHash } from 'node:crypto';
import { readdirSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { extname, join, relative, sep } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import { moved, readPlaces, type Places } from './moved-site.ts';
import { wholeFrame } from './whole-frame.ts';

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

/** As the build compresses pages (`scripts/compress-site.ts`). */
const quality = { params: { [constants.BROTLI_PARAM_QUALITY]: 5 } };
const compressors = {
  br: (bytes: Buffer) => promisify(brotliCompress)(bytes, quality),
  gzip: (bytes: Buffer) => promisify(gzip)(bytes),
};
/** How many bases are held at a time: an ingress proxy may name another one in each session. */
const mostBases = 3;

interface Loaded {
  body: Buffer;
  etag: string;
}

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
  readonly #read = new Map<string, Promise<Loaded>>();
  /** Where the base stands in files that were built for `/`. */
  readonly #places: Places;
  /** Contents below another base, by base; the one that was asked for last is the last. */
  readonly #moved = new Map<string, Map<string, Promise<Loaded>>>();

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
    this.#places = readPlaces(directory);
  }

  /**
   * The file at a URL's path, in the best encoding that the client accepts: `/en` and `/en/` are
   * `/en/index.html`. Null if the site has none.
   * @param base the path of the site on the reader's host, with a slash at both ends
   */
  async find(urlPath: string, accepted = '', base = '/'): Promise<SiteFile | null> {
    const path = this.#pathOf(urlPath);
    if (path === undefined) return null;
    const [encoding, ending] = encodings.find(
      ([name, suffix]) => accepts(accepted, name) && this.#paths.has(path + suffix),
    ) ?? [null, ''];
    const places = base === '/' ? undefined : this.#places[path.slice(1)];
    const { body, etag } = places
      ? await this.#move(path, places, { base, encoding })
      : await this.#load(path + ending);
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

  /** The programs' frame in one piece (`whole-frame.ts`), with the source of its script; null if there is none. */
  async frame(path: string): Promise<(SiteFile & { source: string }) | null> {
    const script = path.replace(/frame\.html$/, 'frame.js');
    if (!this.#paths.has(path) || !this.#paths.has(script)) return null;
    const [page, code] = await Promise.all([this.#load(path), this.#load(script)]);
    const { html, source } = wholeFrame(String(page.body), String(code.body));
    const { body, etag } = await once(this.#read, `${path} whole`, async () => Buffer.from(html));
    const headers = { 'Content-Type': types['.html']!, 'Content-Length': String(body.length), ETag: etag }; // prettier-ignore
    return { path, body, headers, source };
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

  #load(path: string): Promise<Loaded> {
    return once(this.#read, path, () => readFile(join(this.#directory, path)));
  }

  #move(
    path: string,
    places: readonly number[],
    { base, encoding }: { base: string; encoding: 'br' | 'gzip' | null },
  ): Promise<Loaded> {
    const held = this.#moved.get(base) ?? new Map<string, Promise<Loaded>>();
    this.#moved.delete(base);
    this.#moved.set(base, held);
    const [oldest] = this.#moved.keys();
    if (this.#moved.size > mostBases) this.#moved.delete(oldest!);
    return once(held, `${encoding ?? ''} ${path}`, async () => {
      const body = moved((await this.#load(path)).body, places, base);
      return encoding ? await compressors[encoding](body) : body;
    });
  }
}

function once(
  held: Map<string, Promise<Loaded>>,
  key: string,
  read: () => Promise<Buffer>,
): Promise<Loaded> {
  let found = held.get(key);
  if (!found) {
    found = read().then((body) => ({
      body,
      etag: `W/"${createHash('sha256').update(body).digest('base64url').slice(0, 22)}"`,
    }));
    // A read that failed (too many open files) is tried again the next time.
    found.catch(() => held.delete(key));
    held.set(key, found);
  }
  return found;
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
