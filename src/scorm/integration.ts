/**
 * The pages of packages for learning platforms, `npm run build:scorm`. Any other build is without them
 * and without their scripts: what they share with a lesson's page would be a file of its own there.
 */
import { fileURLToPath } from 'node:url';
import type { AstroIntegration } from 'astro';

const page = (name: string): string => fileURLToPath(new URL(`pages/${name}`, import.meta.url));

export function coursePackages(): AstroIntegration {
  return {
    name: 'retained:packages',
    hooks: {
      'astro:config:setup': ({ injectRoute }) => {
        if (process.env['RETAINED_PACKAGES'] !== '1') return;
        const pattern = '/package/[lang]/[part]';
        injectRoute({ pattern, entrypoint: page('part.astro') });
        injectRoute({ pattern: `${pattern}/[lesson]`, entrypoint: page('lesson.astro') });
      },
    },
  };
}
