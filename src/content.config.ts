import { defineCollection } from 'astro:content';
import { glob } from 'astro/loaders';
import { z } from 'astro/zod';

/** Prose of the lessons: `lessons/<slug>/<language>.mdx`, with the id `<slug>/<language>`. */
const lessons = defineCollection({
  loader: glob({
    base: './lessons',
    pattern: '*/{en,zh-tw}.mdx',
    generateId: ({ entry }) => entry.replace(/\.mdx$/, ''),
  }),
  schema: z.strictObject({
    /** One sentence for search engines and shared links. */
    description: z.string().min(20).max(160),
  }),
});

export const collections = { lessons };
