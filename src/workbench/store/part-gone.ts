/** A file of this page's version of the course could not be had: it was replaced, or its host is away. */
export class PartGone extends Error {
  override readonly name = 'PartGone';
}

/** @throws PartGone if there is nothing at `url`, or nothing can be asked */
export async function fetchPart(url: string, init?: RequestInit): Promise<Response> {
  const answer = await fetch(url, init).catch(() => undefined);
  if (!answer?.ok) throw new PartGone(`${url}: ${answer?.status ?? 'no response'}`);
  return answer;
}
