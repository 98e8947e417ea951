/** Nothing of this course was made before: a clock that shows less is wrong, as a Raspberry Pi's without a network. */
export const courseBegan = Date.UTC(2026, 0, 1);
