/** A few pixels above the end are the end: a fraction of a pixel is lost in the measures. */
const near = 8;

/** Whether a list is scrolled to its end. */
export const isAtEnd = ({ scrollTop, clientHeight, scrollHeight }: Element): boolean =>
  scrollTop + clientHeight >= scrollHeight - near;

export function scrollToEnd(list: Element): void {
  list.scrollTop = list.scrollHeight;
}
