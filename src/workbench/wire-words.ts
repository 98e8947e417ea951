/** Names of fields, properties, rules and reasons: only the packet panel needs them, so they come with it. */
const files = import.meta.glob<Record<string, string>>('../i18n/*/wire.json', {
  import: 'default',
});

export async function wireWords(language: 'en' | 'zh-tw'): Promise<Record<string, string>> {
  return (await files[`../i18n/${language}/wire.json`]?.()) ?? {};
}
