/**
 * `npm run build:scorm -- --part qos --language zh-tw`: one part of the course as a SCORM 1.2 package
 * for Moodle, Kolibri and others. Its brokers are in the page. With `--all` every part in every language.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { root } from './build.ts';
import { buildStatic } from './build-static.ts';
import { OptionError } from './option-values.ts';
import { filesOf, parts, zipOf, type Choice } from './scorm/package.ts';

const languages = ['en', 'zh-tw'] as const;
const listed = `Parts: ${parts.map(({ id }) => id).join(', ')}. Languages: ${languages.join(', ')}.`;
const usage = `npm run build:scorm -- --part <part> [options]

  --part <part>          which part of the course
  --language <language>  in which language (en)
  --all                  every part in every language
  --out <path>           the zip to write (retained-<part>-<language>.zip); with --all the folder for all
  --help                 this text

${listed}
Marks come from the learner's page and can be forged: use them to see who needs help, not for grades.`;

/** @throws OptionError that says which parts and languages there are */
export function choiceOf(part: string | undefined, language = 'en'): Choice {
  if (!parts.some(({ id }) => id === part)) {
    const what = part === undefined ? 'Say which part' : `There is no part "${part}"`;
    throw new OptionError(`${what}. ${listed}`);
  }
  const known = languages.find((one) => one === language);
  if (!known) throw new OptionError(`There is no language "${language}". ${listed}`);
  return { part: part!, language: known };
}

function readFlags() {
  const text = { type: 'string' } as const;
  const help = { type: 'boolean', short: 'h' } as const;
  try {
    const all = { type: 'boolean' } as const;
    return parseArgs({ options: { part: text, language: text, all, out: text, help } }).values;
  } catch (error) {
    throw new OptionError(`${(error as Error).message}\n\n${usage}`);
  }
}

async function main(): Promise<void> {
  const flags = readFlags();
  if (flags.help) return console.log(usage);
  if (flags.all && (flags.part ?? flags.language) !== undefined)
    throw new OptionError(
      '--all is every part in every language: leave out --part and --language.',
    );
  const choices = flags.all
    ? parts.flatMap(({ id }) => languages.map((language) => choiceOf(id, language)))
    : [choiceOf(flags.part, flags.language)];
  const base = '/retained-package/';
  const folder = join(root, '.retained', 'packages');
  await buildStatic(base, folder, true);
  const site = process.env['RETAINED_SITE']?.replace(/\/?$/, '/');
  if (flags.all) mkdirSync(flags.out ?? '.', { recursive: true });
  for (const choice of choices) {
    const zip = zipOf(filesOf({ folder, base, site }, choice), choice);
    const name = `retained-${choice.part}-${choice.language}.zip`;
    const out = flags.all ? resolve(flags.out ?? '.', name) : resolve(flags.out ?? name);
    writeFileSync(out, zip);
    console.log(`${out}: ${(zip.length / 1e6).toFixed(1)} MB, SCORM 1.2`);
  }
}

if (import.meta.main) {
  try {
    await main();
  } catch (error) {
    console.error((error as Error).message);
    process.exitCode = 1;
  }
}
