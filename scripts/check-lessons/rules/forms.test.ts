import { describe, expect, it } from 'vitest';
import { Findings } from '../report.ts';
import { parseMdx } from '../page.ts';
import { wrongForms } from './forms.ts';
import { oneForm } from './one-form.ts';

const writes = (text: string, language: 'en' | 'zh-tw') =>
  wrongForms(text, language).map(({ found, write }) => `${found} → ${write}`);

describe('one form for each term, in Chinese', () => {
  it.each([
    ['主題篩選器', '篩選器 → 過濾器'],
    ['輸入命令', '命令 → 指令'],
    ['連到 1883 埠', '埠 → 連接埠（port）'],
    ['CONNACK 5，沒有權限', '沒有權限 → 未獲授權'],
    ['工作階段被接手', '接手 → 接管'],
    ['保持連線（keep alive）', '保持連線 → Keep Alive（保持連線），之後 Keep Alive'],
    ['Broker 已啟動', 'Broker → broker'],
    ['一個 client 最多', 'client → 用戶端'],
    ['留下遺囑', '遺囑 → 遺囑訊息'],
    ['正在連線…', '… → ……'],
    ['下一課 (準備中)', ' ( → 全形括號（ ）'],
  ])('%s', (text, wrong) => expect(writes(text, 'zh-tw')).toEqual([wrong]));
  it.each([
    '命令列裡的指令，在命令提示字元也能用。',
    '連接埠（port）1883',
    'Keep Alive（保持連線）的 1.5 倍',
    '服務品質（QoS）',
    '用戶端（client）有 client id，工作階段（session）也有。',
    '{client} 的連線……',
    '這裡不能用 import(…)。',
  ])('takes %s', (text) => expect(writes(text, 'zh-tw')).toEqual([]));
});

describe('a line is no connection, in English', () => {
  it.each([
    ['The room cuts the line.', 'cuts the line → connection'],
    ['Then the line closes.', 'line closes → connection'],
    ['dropped, line cut', 'line cut → connection'],
    ['as it goes over the wire', 'over the wire → on the connection, over the network'],
    ['The line of {client} has gone.', 'The line of → the connection of'],
  ])('%s', (text, wrong) => expect(writes(text, 'en')).toEqual([wrong]));
  it.each(['Keep this line of code.', 'MQTT on the command line', 'Go to line {line}'])(
    'takes %s',
    (text) => expect(writes(text, 'en')).toEqual([]),
  );
});

it('names file and line of a page, and the comments of its programs', () => {
  const findings = new Findings();
  const page = parseMdx('說明。\n\n第二個命令是 `命令`。');
  const none = new Map();
  void oneForm(
    {
      slug: 'lights',
      pages: { 'zh-tw': page },
      exercises: [
        {
          id: 'lights/light',
          exercise: { devices: [], scene: {}, checks: [] },
          ...{ starter: none, solution: none, alsoRight: none, mistakes: none, captures: none },
          comments: { 'zh-tw': { 'Publish here.': '在這裡發佈。' } },
        },
      ],
    },
    findings,
    { written: new Set(), all: new Set(), anchorsOf: () => undefined, hasFile: () => false },
  );
  expect(findings.failures).toEqual([
    'lights/zh-tw.mdx:3: “命令”: here it is “指令”',
    'lights/light/comments.zh-tw.json: “發佈”: here it is “發布”',
  ]);
});
