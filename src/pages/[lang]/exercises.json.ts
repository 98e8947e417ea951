/** The title of each exercise: a learner's page names what a teacher assigns. */
import type { APIRoute } from 'astro';
import { languages, type Language } from '../../i18n/index.ts';
import { classColumns } from '../../site/class-columns.ts';
import { hasServer } from '../../workbench/room/room-place.ts';

export const getStaticPaths = () =>
  hasServer ? languages.map((lang) => ({ params: { lang } })) : [];

export const GET: APIRoute = async ({ params }) => {
  const { columns } = await classColumns(params.lang as Language);
  return Response.json(Object.fromEntries(columns.map(({ id, title }) => [id, title])));
};
