/** A server that ends is often one that starts again: when pages and programs come back. */
export const comeBackMs = 3000;
/** For `Retry-After` (RFC 9110, section 10.2.3). */
export const comeBackSeconds = comeBackMs / 1000;
