/**
 * What a member is called in the topics of the shared room, and the user name of their own programs. Both are the
 * member's for as long as they are in the class: a program that was written yesterday works today.
 */
import { createHmac } from 'node:crypto';
import { reservedHandles } from '../../protocol/shared-room.ts';
import type { MemberRow } from '../../store/store.ts';

const longest = 16;

/**
 * A name for topics: small letters, digits and hyphens, because every shell and every device can type them. A name
 * without such letters is numbered: `member-3`.
 * @param taken those of the others in the class
 */
export function freeHandle(name: string, taken: ReadonlySet<string>): string {
  const plain = name
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, longest)
    .replace(/-+$/, '');
  const isFree = (handle: string): boolean =>
    !taken.has(handle) && !reservedHandles.includes(handle);
  // A name that only has digits would be any number in a topic.
  const isName = /[a-z]/.test(plain) && plain.length >= 2;
  if (isName && isFree(plain)) return plain;
  const stem = isName ? plain : 'member';
  for (let n = isName ? 2 : 1; ; n++) if (isFree(`${stem}-${n}`)) return `${stem}-${n}`;
}

/** Crockford's base 32 in lower case, as the keys of rooms. */
const alphabet = '0123456789abcdefghjkmnpqrstvwxyz';
const keyLength = 12;
const prefix = 'class-';

/** Whether a user name may be one of the shared room's. */
export const resemblesSharedAddress = (userName: string): boolean => userName.startsWith(prefix);

/** 60 bits that only the server can make. The personal words are in it: with new words, the address is a new one. */
export function addressOf(key: string, { id, words }: Pick<MemberRow, 'id' | 'words'>): string {
  const bytes = createHmac('sha256', key).update(`${id} ${words}`).digest();
  return prefix + [...bytes.subarray(0, keyLength)].map((byte) => alphabet[byte & 31]).join('');
}
