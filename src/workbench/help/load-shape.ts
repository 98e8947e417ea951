/** The model programs of the exercises, each fetched when somebody needs it. */
const shapes = import.meta.glob<string>('/lessons/*/*/shape.ts', {
  query: '?raw',
  import: 'default',
});

/** Without its imports. Undefined if the exercise has none. */
export async function loadShape(exercise: string): Promise<string | undefined> {
  const source = await shapes[`/lessons/${exercise}/shape.ts`]?.();
  return source?.replaceAll(/^import .*\n/gm, '').trim();
}
