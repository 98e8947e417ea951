/**
 * The picture that a shared link shows, 1200 × 630, drawn as SVG: the course's mark, the lesson's
 * title, its part. The fonts are those of the machine that builds the pages.
 */
import type { Language } from '../i18n/index.ts';

const width = 1200;
const height = 630;
const margin = 88;
const faces: Record<Language, string> = {
  en: "'Noto Sans', 'Liberation Sans', 'Segoe UI', sans-serif",
  'zh-tw': "'Noto Sans CJK TC', 'Noto Sans TC', 'PingFang TC', 'Microsoft JhengHei', sans-serif",
};

const escape = (text: string) => text.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`);

/** The width in em: 1 for a Chinese character, about 0.56 for a Latin letter. */
const widthOf = (text: string) =>
  [...text].reduce((sum, sign) => sum + (/[\u2e80-\uffef]/.test(sign) ? 1 : 0.56), 0);

/** Breaks text into lines of at most `most` em: between words, or between any two Chinese characters. */
export function linesOf(text: string, most: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const piece of text.match(/[\u2e80-\uffef]|[^\s\u2e80-\uffef]+\s*|\s+/g) ?? []) {
    if (line && widthOf((line + piece).trimEnd()) > most) {
      lines.push(line.trimEnd());
      line = '';
    }
    line += piece;
  }
  return [...lines, line.trimEnd()].filter(Boolean);
}

export function socialSvg(
  language: Language,
  words: { title: string; part: string; name: string; tagline: string },
): string {
  const size = 84;
  const lines = linesOf(words.title, (width - 2 * margin) / size);
  const first = 330 - (lines.length - 1) * 52;
  const title = lines
    .map((line, at) => `<text x="${margin}" y="${first + at * 104}">${escape(line)}</text>`)
    .join('');
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">
<rect width="${width}" height="${height}" fill="#fbfaf8"/>
<g font-family="${faces[language]}" fill="#1d1c1a">
<text x="${margin}" y="128" font-size="32" fill="#5c5953">${escape(words.part)}</text>
<g font-size="${size}" font-weight="700">${title}</g>
<path d="M${margin} 500H${width - margin}" stroke="#dcd8d0" stroke-width="2"/>
<g transform="translate(${margin} 533) scale(2.6)"><path d="M5 7h34" stroke="#1d1c1a" stroke-width="1.5"/><circle cx="6" cy="7" r="5" fill="#a92d5b"/><rect x="17.4" y="2.4" width="9.2" height="9.2" fill="#3a49b0"/><path d="M38 1l6 6-6 6-6-6z" fill="#006b74"/></g>
<text x="${margin + 144}" y="562" font-size="34" font-weight="700">${escape(words.name)}</text>
<text x="${width - margin}" y="562" font-size="30" fill="#5c5953" text-anchor="end">${escape(words.tagline)}</text>
</g></svg>`;
}
