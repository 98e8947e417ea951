// @ts-check
import { existsSync, readFileSync } from 'node:fs';
import mdx from '@astrojs/mdx';
import { defineConfig } from 'astro/config';
import { workbenchInOneFile } from './scripts/page-chunks.ts';
import { sandboxInDevelopment } from './scripts/dev-integration.ts';
import { answersForTeachers } from './src/answers/integration.ts';
import { readingOffline } from './src/offline/integration.ts';
import { codeTheme, wholeLines } from './src/styles/code-theme.ts';
import { coursePackages } from './src/scorm/integration.ts';
import { pageRules } from './src/mdx/page-rules.ts';

// Integrations of other parts (the sandbox in development, …) are added to this list.
const integrations = [
  mdx(),
  pageRules(),
  sandboxInDevelopment(),
  coursePackages(),
  answersForTeachers(),
  readingOffline(),
];

/** What `scripts/build-vendor.ts` has made; missing only where pages are checked and not built. */
const vendor = new URL('public/vendor/manifest.json', import.meta.url);

export default defineConfig({
  // Only for canonical and hreflang links: the course knows no host of its own.
  ...(process.env.RETAINED_SITE ? { site: process.env.RETAINED_SITE } : {}),
  // Below a path of its host: `/learn/`.
  base: process.env.RETAINED_BASE ?? '/',
  trailingSlash: 'always',
  build: {
    format: 'directory',
    assets: 'assets',
    // The page's own, and no round trip before the first paint. What a script needs that is loaded
    // later comes by `addStyles` (src/workbench/ui/): imported as CSS it would stand in each page.
    inlineStylesheets: 'always',
  },
  devToolbar: { enabled: false },
  prefetch: false,
  integrations,
  markdown: {
    syntaxHighlight: 'shiki',
    shikiConfig: { theme: codeTheme, transformers: [wholeLines] },
  },
  vite: {
    define: {
      __VENDOR__: existsSync(vendor) ? readFileSync(vendor, 'utf8') : '{}',
      // Without the course's server every room is in its page.
      __SERVER__: String(process.env.RETAINED_STATIC !== '1'),
    },
    // The content security policy allows no inline scripts: nothing is small enough to be inlined.
    build: {
      assetsInlineLimit: 0,
      rolldownOptions: {
        // Astro's own marker in every MDX file; the bundler warns of it, and nothing is lost.
        onLog(level, log, report) {
          if (log.code !== 'MODULE_LEVEL_DIRECTIVE') report(level, log);
        },
      },
    },
    plugins: [workbenchInOneFile()],
    // Vite options of other parts belong below this line.
  },
});
