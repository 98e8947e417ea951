/** The title of a lesson, from its own page; null if the course has no such lesson. */
export async function titleOf(address: string): Promise<string | null> {
  try {
    const response = await fetch(address);
    if (!response.ok) return null;
    const page = new DOMParser().parseFromString(await response.text(), 'text/html');
    const title = page.querySelector('article h1')?.textContent?.trim() ?? '';
    return title === '' ? null : title;
  } catch {
    return null;
  }
}
