/** CSS pixels of the panel from which a form is chosen; below all the broker stands above its clients. */
const forms = [
  [780, 'wide'],
  [600, 'medium'],
  [0, 'narrow'],
] as const;
/** CSS pixels of height for each client of the fuller side from which its picture is large. */
const rooms = [
  [185, 'much'],
  [125, 'some'],
  [0, 'little'],
] as const;

export const formOf = (width: number) => forms.find(([from]) => width >= from)?.[1];
export const roomOf = (each: number) => rooms.find(([from]) => each >= from)?.[1];
