/** The rules of a shared room without a server: names, addresses, shares, and the picture. */
import { expect, test } from 'vitest';
import { mayShare, mayWrite } from './access.ts';
import { addressOf, freeHandle } from './names.ts';
import { mostRetained, RetainedShare } from './retained-share.ts';
import { groupOf, Stage } from './stage.ts';

test.each([
  ['Mei', [], 'mei'],
  ['Mei', ['mei'], 'mei-2'],
  ['Mei', ['mei', 'mei-2'], 'mei-3'],
  ['Ana María López', [], 'ana-maria-lopez'],
  ['小美', [], 'member-1'],
  ['阿德', ['member-1'], 'member-2'],
  ['李 A', [], 'member-1'],
  ['42', [], 'member-1'],
  ['all', [], 'all-2'],
  ['Server', [], 'server-2'],
  ['+/#', [], 'member-1'],
  ['a/b#c+d', [], 'a-b-c-d'],
  ['Bartholomew the Third', [], 'bartholomew-the'],
] as const)('the name %s beside %s is %s in topics', (name, taken, handle) => {
  expect(freeHandle(name, new Set(taken))).toBe(handle);
});

test.each([
  ['class/mei/lamp', true],
  ['class/mei/a/b/c', true],
  ['class/all/chat', true],
  ['class/mei', false],
  ['class/mei/', false],
  ['class/all/', false],
  ['class//x', false],
  ['class/lin/lamp', false],
  ['class/Mei/lamp', false],
  ['class/mei-2/lamp', false],
  ['lamp', false],
  ['/class/mei/lamp', false],
  ['$SYS/broker/uptime', false],
  ['$SYS/class/mei/lamp', false],
])('may mei write %s: %s', (topic, may) => {
  expect(mayWrite('mei', topic)).toBe(may);
});

test.each([
  ['mei', true],
  ['mei-lamps', true],
  ['all', true],
  ['meis', false],
  ['lin', false],
  ['', false],
])('may mei share in the group %s: %s', (group, may) => {
  expect(mayShare('mei', group)).toBe(may);
});

test('an address is one member’s, in one room, until their words are new', () => {
  const mei = { id: 'm1', words: 'a-b-c' };
  const one = addressOf('key', mei);
  expect(one).toMatch(/^class-[0-9a-hjkmnp-tv-z]{12}$/);
  expect(addressOf('key', mei)).toBe(one);
  const others = [addressOf('other', mei), addressOf('key', { ...mei, id: 'm2' }), addressOf('key', { ...mei, words: 'd' })]; // prettier-ignore
  expect(new Set([one, ...others]).size).toBe(4);
});

test('a member’s share of what is retained: topics, bytes, and what they took over', () => {
  const share = new RetainedShare();
  const { topics, bytes } = mostRetained;
  for (let n = 0; n < topics; n++) expect(share.take('mei', `class/mei/${n}`, 1)).toBe(true);
  expect(share.take('mei', 'class/mei/more', 1)).toBe(false);
  // Another member notices nothing; a topic that is replaced or removed makes room.
  expect(share.take('lin', 'class/lin/0', 1)).toBe(true);
  expect(share.take('mei', 'class/mei/0', 5)).toBe(true);
  expect(share.take('mei', 'class/mei/0', 0)).toBe(true);
  expect(share.take('mei', 'class/mei/more', 1)).toBe(true);
  // Whoever wrote it last has it in their share.
  expect(share.take('lin', 'class/all/x', 1)).toBe(true);
  expect(share.take('mei', 'class/all/x', 1)).toBe(false);
  expect(share.of('lin')).toEqual(['class/lin/0', 'class/all/x']);
  expect(share.take('lin', 'class/lin/0', bytes + 1)).toBe(false);
  share.keep(new Set(['class/lin/0']));
  expect([share.size, share.of('mei')]).toEqual([1, []]);
  expect(share.take('mei', 'class/mei/0', 1)).toBe(true);
});

const message = (topic: string, text: string, retain = false) =>
  ({ topic, payload: new TextEncoder().encode(text), retain }); // prettier-ignore

test.each([
  ['class/mei/temperature', 'class/+/temperature'],
  ['class/mei/history/3', 'class/+/history/+'],
  ['class/all/chat', 'class/all/chat'],
  ['class/all/42/x', 'class/all/+/x'],
])('%s is of the group %s', (topic, group) => {
  expect(groupOf(topic)).toBe(group);
});

test('many topics become few groups, with who, how often and the last value', () => {
  let now = 10_000;
  const stage = new Stage(() => now);
  for (let n = 0; n < 200; n++) stage.published(`m${n}`, message(`class/m${n}/temperature`, String(n / 10))); // prettier-ignore
  now += 1_000;
  stage.published('m7', message('class/all/chat', ' hello\n\u202eworld ', true));
  const { topics, messages, perSecond, latest } = stage.picture;
  expect(topics.map(({ topic, members, messages: n }) => [topic, members, n])).toEqual([
    ['class/all/chat', 1, 1],
    ['class/+/temperature', 200, 200],
  ]);
  expect([messages, perSecond]).toEqual([201, 40]);
  expect(topics[1]!.numbers).toHaveLength(200);
  expect(topics[0]!.numbers).toBeNull();
  expect(latest[0]).toEqual({ from: 'm7', topic: 'class/all/chat', text: ' hello world ', retain: true }); // prettier-ignore
  expect(stage.messagesOf('m7')).toEqual({ messages: 2, ago: 0 });
  expect(stage.messagesOf('nobody')).toEqual({ messages: 0, ago: null });
});

test('whoever begins topics without end leaves the others’ groups in the picture', () => {
  const stage = new Stage();
  stage.published('lin', message('class/lin/lamp', 'on'));
  for (let n = 0; n < 5_000; n++)
    stage.published('mei', message(`class/mei/t${n.toString(36)}x`, 'x'.repeat(500)));
  const { topics, otherTopics, latest } = stage.picture;
  expect(topics.length).toBe(11);
  expect(topics.map(({ topic }) => topic)).toContain('class/+/lamp');
  expect(otherTopics).toBe(5_000 - 10);
  expect(JSON.stringify(stage.picture).length).toBeLessThan(6_000);
  expect(latest).toHaveLength(12);
  stage.forget('mei');
  expect(stage.picture.topics.map(({ topic }) => topic)).toEqual(['class/+/lamp']);
});

test('a payload that is no text is its length', () => {
  const stage = new Stage();
  stage.published('mei', {
    topic: 'class/mei/x',
    payload: Uint8Array.of(0, 255, 1),
    retain: false,
  });
  expect(stage.picture.latest[0]!.text).toBe('(3 bytes)');
});
