/** One address below `/api/class/`: what it is asked, and by which methods. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { SandboxError } from '../../shared/errors.ts';
import { textOf } from '../api.ts';

export interface Asked {
  request: IncomingMessage;
  response: ServerResponse;
  /** The part of the path that names a class. */
  id: string;
}
export interface Resource {
  path: RegExp;
  methods: readonly string[];
  answer(asked: Asked): Promise<unknown>;
}

/** @param path below `/api/class/`; `:id` stands for the id of a class */
export function route(
  path: string,
  methods: readonly string[],
  answer: (asked: Asked) => Promise<unknown>,
): Resource {
  const pattern = path.replaceAll('.', '\\.').replace(':id', '([\\w-]{1,64})');
  return { path: new RegExp(`^/api/class/${pattern}$`), methods, answer };
}

/** @param most bytes. @throws SandboxError `bad-request` */
export async function bodyOf<T>(
  { request }: Asked,
  parse: (text: string) => T | undefined,
  most: number,
): Promise<T> {
  const asked = parse(await textOf(request, most));
  if (asked === undefined) throw new SandboxError('bad-request');
  return asked;
}
