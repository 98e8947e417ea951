const added = new Map<string, Promise<unknown>>();

/**
 * Adds a stylesheet (`./some.css?url`) to the page, once. Resolves when it is there, or can't be had:
 * without it what it is for works, too. What is imported as `./some.css` is in every page of the
 * course, even if only a module that is loaded later imports it.
 */
export function addStyles(href: string): Promise<unknown> {
  let one = added.get(href);
  if (!one) {
    one = new Promise((resolve) => {
      const link = document.createElement('link');
      Object.assign(link, { rel: 'stylesheet', href, onload: resolve, onerror: resolve });
      document.head.append(link);
    });
    added.set(href, one);
  }
  return one;
}
