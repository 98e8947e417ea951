import { type Extension, StateEffect, StateField } from '@codemirror/state';
import { Decoration, type DecorationSet, EditorView, WidgetType } from '@codemirror/view';

export interface LineNote {
  /** 1-based. */
  line: number;
  text: string;
}
/** Marks a line and writes the message under it; null takes it away, as does any edit. */
export const setNote = StateEffect.define<LineNote | null>();

class Note extends WidgetType {
  readonly #text: string;
  constructor(text: string) {
    super();
    this.#text = text;
  }
  override eq(other: Note): boolean {
    return other.#text === this.#text;
  }
  toDOM(): HTMLElement {
    const element = document.createElement('div');
    element.className = 'retained-problem-note';
    element.setAttribute('role', 'status');
    element.textContent = `▴ ${this.#text}`;
    return element;
  }
}

export function problemNote(): Extension {
  return StateField.define<DecorationSet>({
    create: () => Decoration.none,
    update(notes, { state, docChanged, effects }) {
      let now = docChanged ? Decoration.none : notes;
      for (const effect of effects) {
        if (!effect.is(setNote)) continue;
        if (effect.value === null) now = Decoration.none;
        else {
          const { from, to } = state.doc.line(effect.value.line);
          const widget = new Note(effect.value.text);
          now = Decoration.set([
            Decoration.line({ class: 'retained-problem-line' }).range(from),
            Decoration.widget({ widget, block: true, side: 1 }).range(to),
          ]);
        }
      }
      return now;
    },
    provide: (field) => EditorView.decorations.from(field),
  });
}
