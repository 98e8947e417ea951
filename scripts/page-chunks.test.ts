import { describe, expect, test } from 'vitest';
import { chunkOf } from './page-chunks.ts';

/** Each module with its importers; `later`: those that are imported while the page runs. */
function graph(edges: Record<string, string[]>, later: string[] = []) {
  return (id: string) => ({
    isEntry: /[?]astro/.test(id),
    importers: edges[id] ?? [],
    dynamicImporters: later.includes(id) ? ['/x/src/workbench/element.ts'] : [],
  });
}
const workbench = '/x/src/workbench/workbench.ts';
const lesson = '/x/src/mdx/Exercise.astro?astro&type=script';
const term = '/x/src/mdx/Term.astro?astro&type=script';
const base = '/x/src/layouts/Base.astro?astro&type=script';
const home = '/x/src/pages/[lang]/index.astro?astro&type=script';
const teacher = '/x/src/components/classroom/Look.astro?astro&type=script';

describe('the file of a module', () => {
  test('what only the workbench imports goes with it, however far away', () => {
    const find = graph({ '/x/a.ts': ['/x/b.ts'], '/x/b.ts': [workbench] }, [workbench]);
    expect(chunkOf('/x/a.ts', find)).toBe('workbench');
    expect(chunkOf(workbench, find)).toBe('workbench');
  });
  test('what a panel that comes later needs, too, is there already', () => {
    const panel = '/x/src/workbench/panels/wire/wire-panel.ts';
    const find = graph({ '/x/a.ts': [panel, workbench] }, [workbench, panel]);
    expect(chunkOf('/x/a.ts', find)).toBe('workbench');
    expect(chunkOf(panel, find)).toBeNull();
  });
  test('what a page for readers imports is not in the workbench’s file', () => {
    const find = graph({ '/x/a.ts': ['/x/b.ts', workbench], '/x/b.ts': [lesson] }, [workbench]);
    expect(chunkOf('/x/a.ts', find)).toBe('lesson');
    const onHome = graph({ '/x/a.ts': [home, workbench] }, [workbench]);
    expect(chunkOf('/x/a.ts', onHome)).toBeNull();
  });
  test('what several scripts of lessons or of all pages have in common is one file', () => {
    const find = graph({
      '/x/a.ts': [lesson, term],
      '/x/b.ts': [base, lesson],
      '/x/c.ts': [home, lesson],
    });
    expect(chunkOf('/x/a.ts', find)).toBe('lesson');
    expect(chunkOf('/x/b.ts', find)).toBe('page');
    expect(chunkOf('/x/c.ts', find)).toBeNull();
  });
  test('what one script alone imports is in that script’s file', () => {
    const find = graph({ '/x/a.ts': [lesson], '/x/b.ts': [base] });
    for (const id of ['/x/a.ts', '/x/b.ts', lesson, base]) expect(chunkOf(id, find)).toBeNull();
  });
  test('what the pages of classes import is in a file of its own', () => {
    const find = graph({ '/x/a.ts': [teacher, workbench] }, [workbench]);
    expect(chunkOf('/x/a.ts', find)).toBe('workbench-parts');
  });
  test('circles end, and paths of Windows are understood', () => {
    const find = graph({ '/x/a.ts': ['/x/b.ts'], '/x/b.ts': ['/x/a.ts'] });
    expect(chunkOf('/x/a.ts', find)).toBeNull();
    expect(chunkOf('C:\\x\\src\\workbench\\editor\\vendor.ts', find)).toBe('lesson');
  });
});
