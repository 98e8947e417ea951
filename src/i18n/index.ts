/**
 * The words of the interface. Each `<language>/<area>.json` is a flat object of dotted keys; all
 * areas of a language are one name space. A missing key, a key given twice or a placeholder
 * without a value is an error, so it stops the build.
 */
export const languages = ['en', 'zh-tw'] as const;
export type Language = (typeof languages)[number];
export type Values = Record<string, string | number>;

/** The value of `lang`: Traditional Chinese names its script, so that browsers pick its glyphs. */
export const htmlLang: Record<Language, string> = { en: 'en', 'zh-tw': 'zh-Hant-TW' };

type Area = Record<string, string>;
const files = import.meta.glob<Area>('./*/*.json', { eager: true, import: 'default' });

function areasOf(language: Language): Map<string, Area> {
  const areas = new Map<string, Area>();
  for (const [path, area] of Object.entries(files)) {
    const [, folder, name] = path.split('/');
    if (folder === language && name) areas.set(name.replace('.json', ''), area);
  }
  return areas;
}

/** One object of all areas; throws if two areas have the same key. */
export function merge(areas: ReadonlyMap<string, Area>): Area {
  const all: Area = {};
  const from: Record<string, string> = {};
  for (const [name, area] of areas) {
    for (const [key, text] of Object.entries(area)) {
      if (Object.hasOwn(all, key)) {
        throw new Error(`i18n: "${key}" stands in ${from[key]}.json and in ${name}.json; keep one`);
      }
      all[key] = text;
      from[key] = name;
    }
  }
  return all;
}

const tables: Record<Language, Area> = {
  en: merge(areasOf('en')),
  'zh-tw': merge(areasOf('zh-tw')),
};

/** Fill `{name}` placeholders; throws if one has no value. */
export function fill(text: string, values: Values, where: string): string {
  return text.replace(/\{(\w+)\}/g, (_, name: string) => {
    const value = values[name];
    if (value === undefined) throw new Error(`i18n: ${where} needs a value for {${name}}`);
    return String(value);
  });
}

/** The text of a key in a language. Throws if there is none. */
export function t(language: Language, key: string, values: Values = {}): string {
  const text = tables[language][key];
  if (text === undefined) {
    throw new Error(`i18n: src/i18n/${language}/*.json has no "${key}"`);
  }
  return fill(text, values, `"${key}" (${language})`);
}

/**
 * All texts of some areas (a file name without .json), unfilled, for scripts in the page.
 * An area that does not exist is an error.
 */
export function stringsOf(language: Language, areas: readonly string[]): Area {
  const known = areasOf(language);
  const wanted = new Map<string, Area>();
  for (const name of areas) {
    const area = known.get(name);
    if (!area) {
      throw new Error(
        `i18n: no src/i18n/${language}/${name}.json; areas: ${[...known.keys()].join(', ')}`,
      );
    }
    wanted.set(name, area);
  }
  return merge(wanted);
}

/** Every area of a language, for the test that compares the languages. */
export const allAreas = areasOf;
