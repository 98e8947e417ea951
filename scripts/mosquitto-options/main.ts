/** `node scripts/mosquitto-options/main.ts`: writes docs/mosquitto-options.md. */
import { writeFileSync } from 'node:fs';
import { documentPath, documentText } from './document.ts';

writeFileSync(documentPath, await documentText());
