/** SVG as data: made by the drawing, shown by the page or written as text. */
export interface Shape {
  tag: 'g' | 'line' | 'path' | 'circle' | 'rect' | 'text' | 'tspan' | 'title';
  attributes: Record<string, string | number>;
  /** Shown as it is, never as markup. */
  text?: string;
  children?: Shape[];
}

export const shape = (
  tag: Shape['tag'],
  attributes: Shape['attributes'],
  ...children: (Shape | false | undefined)[]
): Shape => ({
  tag,
  attributes,
  ...(children.length > 0 && { children: children.filter((each) => typeof each === 'object') }),
});

export const label = (attributes: Shape['attributes'], text: string): Shape => ({
  tag: 'text',
  attributes,
  text,
});

const namespace = 'http://www.w3.org/2000/svg';

/** Elements made by hand: a template can't have a tag's name as a value. */
export function svgElement(
  shapes: readonly Shape[],
  attributes: Shape['attributes'],
): SVGSVGElement {
  const svg = document.createElementNS(namespace, 'svg');
  for (const [name, value] of Object.entries(attributes)) svg.setAttribute(name, String(value));
  svg.append(...shapes.map(element));
  return svg;
}

function element({ tag, attributes, text, children = [] }: Shape): SVGElement {
  const made = document.createElementNS(namespace, tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, String(value));
  if (text !== undefined) made.textContent = text;
  made.append(...children.map(element));
  return made;
}

export function svgText({ tag, attributes, text, children = [] }: Shape): string {
  const given = Object.entries(attributes)
    .map(([name, value]) => ` ${name}="${escaped(String(value))}"`)
    .join('');
  const inner = (text === undefined ? '' : escaped(text)) + children.map(svgText).join('');
  return inner ? `<${tag}${given}>${inner}</${tag}>` : `<${tag}${given}/>`;
}

/** Also of what XML 1.0 can't hold at all: a topic may have it, a file may not. */
export function escaped(text: string): string {
  return text
    .toWellFormed()
    .replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`)

    .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '\ufffd');
}
