/** Pages of the built site that a teacher's cookie opens: the answers. No browser keeps them. */
import { existsSync } from 'node:fs';
import type { IncomingMessage } from 'node:http';
import { join } from 'node:path';
import { teacherFolder, teacherPage } from '../../protocol/teacher-pages.ts';
import type { ListenerContext } from '../admission/admit.ts';
import type { Handler } from '../api.ts';
import { siteHandler, slicesInTurn } from '../site-handler.ts';

export interface TeacherPagesOptions {
  context: ListenerContext;
  /** The folder of the built site. */
  site: string;
  isTeacher(request: IncomingMessage): boolean;
}

/**
 * No handler if the site was built without such pages. Anybody but a teacher is led to the teacher's page of the
 * class, which says how a teacher gets in.
 */
export function teacherPages({ context, site, isTeacher }: TeacherPagesOptions): Handler[] {
  const folder = join(site, teacherFolder);
  if (!existsSync(folder)) return [];
  const unkept = { 'Cache-Control': 'no-store' };
  const serve = siteHandler(folder, { site: context.site, turnOf: slicesInTurn(context), more: unkept }); // prettier-ignore
  const handler: Handler = (request, response, next) => {
    const path = (request.url ?? '/').split('?', 1)[0]!;
    const [, language] = teacherPage.exec(path) ?? [];
    if (language === undefined) return next();
    if (isTeacher(request)) return serve(request, response, next);
    response
      .writeHead(302, { Location: `${context.site.of(request)}${language}/class/`, ...unkept })
      .end();
  };
  return [handler];
}
