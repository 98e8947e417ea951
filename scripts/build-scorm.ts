/**
 * `npm run build:scorm -- --part qos --language zh-tw`: one part of the course as a SCORM 1.2 package
 * for Moodle, Kolibri and others. Its brokers are in the page.
 */
import { writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { root } from './build.ts';
import { buildStatic } from './build-static.ts';
import { OptionError } from './options.ts';
import { filesOf, parts, zipOf, type Choice } from './scorm/package.ts';

const languages = ['en', 'zh-tw'] as const;
const listed = `Parts: ${parts.map(({ id }) => id).join(', ')}. Languages: ${languages.join(', ')}.`;
const usage = `npm run build:scorm -- --part <part> [options]

  --part <part>          which part of the course
  --language <language>  in which language (en)
  --out <file>           the zip to write (retained-<part>-<language>.zip)
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
    return parseArgs({ options: { part: text, language: text, out: text, help } }).values;
  } catch (error) {
    throw new OptionError(`${(error as Error).message}\n\n${usage}`);
  }
}

async function main(): Promise<void> {
  const flags = readFlags();
  if (flags.help) return console.log(usage);
  const choice = choiceOf(flags.part, flags.language);
  const base = '/retained-package/';
  const folder = join(root, '.retained', 'packages');
  await buildStatic(base, folder, true);
  const site = process.env['RETAINED_SITE']?.replace(/\/?$/, '/');
  const zip = zipOf(filesOf({ folder, base, site }, choice), choice);
  const out = resolve(flags.out ?? `retained-${choice.part}-${choice.language}.zip`);
  writeFileSync(out, zip);
  console.log(`${out}: ${(zip.length / 1e6).toFixed(1)} MB, SCORM 1.2`);
}

if (import.meta.main) {
  try {
    await main();
  } catch (error) {
    console.error((error as Error).message);
    process.exitCode = 1;
  }
}
