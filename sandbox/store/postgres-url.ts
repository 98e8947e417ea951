/** `DATABASE_URL`: where PostgreSQL is. It may hold a password, so nothing of it is ever shown but what `placeOf` gives. */

/** Characters. */
const longest = 2_000;

/** What is wrong with it, without a word of it; null if PostgreSQL can be asked. */
export function whyNoDatabase(text: string): string | null {
  const form = 'postgres://<user>:<password>@<host>:5432/<database>';
  if (text.length > longest) return `it is longer than ${longest} characters. It has the form ${form}`; // prettier-ignore
  const url = URL.parse(text);
  if (!url || !/^postgres(?:ql)?:$/.test(url.protocol)) return `it has the form ${form}`;
  if (!/^\/[^/]+$/.test(url.pathname)) return `it does not name a database: ${form}`;
  if (url.hostname === '' && !url.searchParams.get('host')) return `it does not name a host: ${form}`; // prettier-ignore
  return null;
}

/** For people: host, port and database. */
export function placeOf(text: string): string {
  const url = URL.parse(text);
  if (!url) return 'DATABASE_URL';
  const host = url.hostname || (url.searchParams.get('host') ?? '');
  return `${host}${url.port && `:${url.port}`}${url.pathname}`;
}
