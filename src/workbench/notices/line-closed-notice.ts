import type { LineClosed } from './line-closed.ts';
import type { Notice, Text } from './notice.ts';

/** The notice of a line that was closed, or that lost something, for a limit or a rule. */
export function lineClosedNotice(end: LineClosed): Notice {
  return { tone: 'wrong', areas: ['wire'], text: textFor(end) };
}

function textFor(end: LineClosed): Text {
  const { client, how } = end;
  if (how === 'rule-closed') {
    const rule = end.rule === undefined ? '' : { key: `rule.${end.rule}` };
    return { key: `workbench.notice.${how}`, values: { client, rule } };
  }
  if (!end.limit) return { key: 'workbench.notice.limit-unknown', values: { client } };
  const value = end.limit.value.toLocaleString('en');
  const limit = { key: `limit.${end.limit.name}`, values: { value } };
  return { key: `workbench.notice.${how}`, values: { client, limit } };
}
