/** A text for a hint, in which one sees each space. Apart from `view.ts`, which every exercise loads. */
export const visible = (text: string): string => text.replaceAll(' ', '␣').replaceAll('\n', '↵');
