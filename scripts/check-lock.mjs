// A lock file can lack entries that its own `npm ci` then asks for: npm leaves out the optional
// packages of other platforms whose release was not complete when the lock was written.
import { readFileSync } from 'node:fs';

const { packages } = JSON.parse(readFileSync(new URL('../package-lock.json', import.meta.url)));

/** Node's own search: beside the package, then in each folder above. */
function resolves(from, name) {
  for (let folder = from; ;) {
    if (packages[`${folder ? `${folder}/` : ''}node_modules/${name}`]) return true;
    if (folder === '') return false;
    const above = folder.lastIndexOf('/node_modules/');
    folder = above < 0 ? '' : folder.slice(0, above);
  }
}

const missing = [];
for (const [path, entry] of Object.entries(packages)) {
  for (const name of Object.keys(entry.optionalDependencies ?? {})) {
    if (!resolves(path, name)) missing.push(`${path || 'package.json'} → ${name}`);
  }
}
// An address would tie every clone to the registry of whoever wrote the lock (`.npmrc` omits them).
const resolvedElsewhere = Object.entries(packages)
  .filter(([, { resolved }]) => resolved)
  .map(([path, { resolved }]) => `${path} → ${resolved}`);

for (const line of missing) console.error(`not in the lock file: ${line}`);
for (const line of resolvedElsewhere) console.error(`tied to one registry: ${line}`);
if (missing.length + resolvedElsewhere.length > 0) process.exit(1);
console.log(`The lock file is whole: ${Object.keys(packages).length - 1} packages.`);
