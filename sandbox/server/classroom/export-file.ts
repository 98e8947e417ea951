/** A class as a file to save. */
import type { ServerResponse } from 'node:http';
import type { Classroom } from '../../classroom/classroom.ts';
import { exportCsv, exportJson } from '../../classroom/export.ts';

/** @throws SandboxError `no-class` */
export function sendExport(
  response: ServerResponse,
  classroom: Classroom,
  { id, kind }: { id: string; kind: 'csv' | 'json' },
): void {
  const one = classroom.class(id);
  const day = new Date(classroom.now()).toISOString().slice(0, 10);
  response.writeHead(200, {
    'Content-Type': kind === 'csv' ? 'text/csv; charset=utf-8' : 'application/json',
    'Content-Disposition': `attachment; filename="class-${one.row.code}-${day}.${kind}"`,
    'Cache-Control': 'no-store',
    'X-Content-Type-Options': 'nosniff',
  });
  response.end(kind === 'csv' ? exportCsv(one) : exportJson(one));
}
