/** Of a page, or of a show. */
export const newId = (): string => crypto.getRandomValues(new Uint32Array(3)).join('-');
