/** Language files that a panel needs besides the workbench's own. */
export type WordArea =
  | 'wire'
  | 'panels'
  | 'wire-panel'
  | 'terminal'
  | 'files'
  | 'stage'
  | 'time'
  | 'presets'
  | 'passing'
  | 'help'
  | 'phone'
  | 'docks';

/** The language files that a panel needs come with it: a reading page pays for none of them. */
const files = import.meta.glob<Record<string, string>>(
  '../../i18n/*/{wire,panels,wire-panel,terminal,files,stage,time,presets,passing,help,phone,docks}.json',
  { import: 'default' },
);

/** All texts of the areas; an area that has no file yet has no words. */
export async function wordAreas(
  language: 'en' | 'zh-tw',
  areas: readonly WordArea[],
): Promise<Record<string, string>> {
  const loaded = await Promise.all(
    areas.map((area) => files[`../../i18n/${language}/${area}.json`]?.()),
  );
  return Object.assign({}, ...loaded) as Record<string, string>;
}
