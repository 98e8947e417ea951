/** The captures in lessons/, as the build reads them. */
import { readCapture, type Capture } from './capture.ts';

const files = import.meta.glob<string>('/lessons/*/*/captures/*.json', {
  eager: true,
  query: '?raw',
  import: 'default',
});

/**
 * @param name `<exercise>/<capture>`, such as `publish/solution` Throws if there is no such
 * capture, naming those of the lesson.
 */
export function loadCapture(component: string, lesson: string, name: unknown): Capture {
  const own = new Map(
    Object.entries(files)
      .filter(([path]) => path.startsWith(`/lessons/${lesson}/`))
      .map(([path, text]) => [
        path.replace(`/lessons/${lesson}/`, '').replace('/captures/', '/').replace('.json', ''),
        { text, path: path.replace('/lessons/', '') },
      ]),
  );
  const file = own.get(String(name));
  if (file) return readCapture(file.text, file.path);
  const known = [...own.keys()].join(', ') || 'none';
  throw new Error(
    `<${component} capture="${String(name)}"> in lessons/${lesson}: there are ${known}; ` +
      '`npm run capture` makes them',
  );
}
