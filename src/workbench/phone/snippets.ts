/** “Put into my program”, at the code blocks of the lesson that this exercise is about. */
import type { Words } from '../i18n/words.ts';
import type { Model } from '../model/model.ts';
import type { EditedPrograms } from '../run/programs.ts';
import { h } from '../ui/dom.ts';

export interface PhoneDeps {
  /** The workbench. */
  element: HTMLElement;
  language: 'en' | 'zh-tw';
  programs: Pick<EditedPrograms, 'editor'>;
  model: Pick<Model, 'file'>;
}

export function offerSnippets({ element, programs, model }: PhoneDeps, words: Words): void {
  for (const block of blocksOf(element)) {
    const code = block.querySelector('pre')!;
    const button = h('button', { type: 'button', class: 'wb-put' }, words('phone.put'));
    button.addEventListener('click', () => {
      const { editor } = programs;
      if (!editor?.insertLines) return;
      editor.insertLines(model.file, code.textContent ?? '');
      button.textContent = words('phone.put.done', { file: model.file });
      element.scrollIntoView({ block: 'start' });
    });
    block.append(button);
  }
}

/** TypeScript before the next exercise; of the last one also what follows it. */
function blocksOf(workbench: HTMLElement): Element[] {
  const all = [...document.querySelectorAll('mqtt-workbench')];
  const blocks = [...document.querySelectorAll('.lesson .prose .code-block')];
  const comesBefore = (one: Node, other: Node) =>
    (one.compareDocumentPosition(other) & Node.DOCUMENT_POSITION_FOLLOWING) !== 0;
  return blocks.filter((block) => {
    if (block.querySelector('pre')?.dataset['language'] !== 'ts') return false;
    return (all.find((one) => comesBefore(block, one)) ?? all.at(-1)) === workbench;
  });
}
