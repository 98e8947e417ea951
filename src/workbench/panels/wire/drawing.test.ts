import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, test } from 'vitest';
import english from '../../../i18n/en/wire-panel.json' with { type: 'json' };
import workbench from '../../../i18n/en/workbench.json' with { type: 'json' };
import { parsePacket } from '../../../../sandbox/mqtt/packet.ts';
import { createWords } from '../../i18n/words.ts';
import { sentenceOf } from './describe.ts';
import { drawRow } from './draw.ts';
import { exportedTrace } from './export-json.ts';
import { svgPicture } from './export-svg.ts';
import { headsOf } from './heads.ts';
import { clip, clipWords, labelRoom, layoutOf, noteRoom, twoLines, widthOf } from './layout.ts';
import { record } from '../../../../sandbox/testing/recording.ts';
import { rowDrawing } from './row-drawing.ts';
import type { Shape } from './shapes.ts';
import { WireRows } from './wire-rows.ts';

const words = createWords(english, workbench);
const place = (key: string, side: 'left' | 'right') => ({ key, side });
const hostile = '</style><script>alert(1)</script>&"\u{1F600}';

describe('layout', () => {
  test('columns stand in order, the broker between them', () => {
    const layout = layoutOf([place('a', 'left'), place('b', 'left')], [place('c', 'right')], { width: 800, zoom: 1 }); // prettier-ignore
    const order = [layout.gutter, layout.x.get('a')!, layout.x.get('b')!, layout.broker, layout.x.get('c')!, layout.width]; // prettier-ignore
    expect(order).toEqual(order.toSorted((a, b) => a - b));
    expect(new Set(order).size).toBe(6);
    expect(layout.width).toBe(800);
  });
  test('three columns fit a phone; more make the diagram wider than its panel', () => {
    const three = layoutOf([place('a', 'left')], [place('b', 'right')], { width: 358, zoom: 1 });
    expect(three.width).toBe(358);
    const many = Array.from({ length: 8 }, (_, i) => place(`${i}`, 'left'));
    // Five columns of a phone stand closer, and of six the text is smaller, so that none is out of sight.
    expect(layoutOf(many.slice(0, 4), [], { width: 390, zoom: 1 })).toMatchObject({ width: 390, fontSize: 12 }); // prettier-ignore
    expect(layoutOf(many.slice(0, 5), [], { width: 390, zoom: 1 })).toMatchObject({ width: 390, fontSize: 10 }); // prettier-ignore
    expect(layoutOf(many.slice(0, 5), [], { width: 390, zoom: 1.25 }).width).toBe(1.25 * (56 + 6 * 96)); // prettier-ignore
    expect(layoutOf(many, [], { width: 358, zoom: 1 }).width).toBe(56 + 9 * 96);
    expect(layoutOf(many, [], { width: 358, zoom: 2 }).width).toBe(2 * (56 + 9 * 96));
  });
  test('a label stays between the life lines of its arrow, a note before the next one', () => {
    const layout = layoutOf([place('a', 'left')], [place('b', 'right')], { width: 500, zoom: 1 });
    const [a, b] = [layout.x.get('a')!, layout.x.get('b')!];
    const { x, em } = labelRoom(layout, a, layout.broker);
    const half = (em * layout.fontSize) / 2;
    expect([x - half > a, x + half < layout.broker]).toEqual([true, true]);
    for (const at of [a, layout.broker, b]) {
      const note = noteRoom(layout, at);
      const end = at + note.side * note.em * layout.fontSize;
      const crossed = [a, layout.broker, b].filter((line) => (line - at) * (line - end) < 0);
      expect([crossed, end > layout.gutter, end < layout.width]).toEqual([[], true, true]);
    }
  });
  test.each([
    ['QoS 1 id 46088 DUP', 20, 'QoS 1 id 46088 DUP'],
    ['QoS 1 id 46088 DUP', 10, 'QoS 1 id 46088'],
    ['QoS 1 id 46088 DUP', 6, 'QoS 1'],
    ['QoS 1', 2.5, 'QoS…'],
  ])('%s in whole words of %d em', (text, em, expected) => {
    expect(clipWords(text, em)).toBe(expected);
  });
  test.each([
    ['建立連線（WebSocket）', 6, ['建立連線', '（WebSock…']],
    ['opened', 9, ['opened']],
    ['connection opened (WebSocket)', 12, ['connection opened', '(WebSocket)']],
    ['connection closed by the broker', 8, ['connection', 'closed by th…']],
    ['連線已經由訊息代理關閉', 6.1, ['連線已經由訊', '息代理關閉']],
  ])('%s in two lines of %d em', (text, em, expected) => {
    expect(twoLines(text, em)).toEqual(expected);
  });
  test.each([
    ['hello/mqtt', 20, 'hello/mqtt'],
    ['hello/mqtt', 3.1, 'hell…'],
    ['溫度感測器', 3.7, '溫度感…'],
  ])('%s in %d em', (text, em, expected) => {
    expect(clip(text, em)).toBe(expected);
    expect(widthOf(clip(text, em))).toBeLessThanOrEqual(em);
  });
});

describe('a recorded run', () => {
  let trace: WireRows;
  beforeAll(async () => {
    const drop = { client: 'sensor', direction: 'to-client', kind: 'PUBACK', action: { do: 'drop' } } as const; // prettier-ignore
    const entries = await record([drop], async (stage) => {
      const phone = stage.wire('phone');
      await phone.connect('phone');
      await phone.subscribe('#', 0);
      const sensor = stage.wire('sensor');
      await sensor.connect('sensor', { clean: false });
      sensor.publish(hostile, '21', { qos: 1, messageId: 7 });
      await phone.next('publish');
      await sensor.ping();
      sensor.publish('bad/#', '21');
      await sensor.ended();
    });
    trace = new WireRows();
    trace.sync({ generation: 1, entries, entriesLeftOut: 0 });
  });
  const layout = () => layoutOf(trace.columns.left, trace.columns.right, { width: 800, zoom: 1 });
  const drawings = () => trace.rows.map((row) => rowDrawing(row, trace, trace.columns.all, words));
  const flat = (shapes: readonly Shape[]): Shape[] =>
    shapes.flatMap((shape) => [shape, ...flat(shape.children ?? [])]);
  const find = (kind: string, toBroker: boolean) =>
    drawings().find(({ picture }) => picture.type === 'arrow' && picture.kind === kind && picture.toBroker === toBroker)!; // prettier-ignore

  test('an arrow goes from the sender to the receiver, in the sender’s colour', () => {
    const at = layout();
    for (const toBroker of [true, false]) {
      const shapes = flat(drawRow(find('PUBLISH', toBroker), at));
      const arrow = shapes.find(({ attributes }) => /^arrow/.test(String(attributes['class'])))!;
      expect(arrow.attributes['class']).toContain(toBroker ? 'role-publisher' : 'role-broker');
      const shaft = shapes.find(({ attributes }) => attributes['class'] === 'shaft')!.attributes;
      // The publisher stands left, the subscriber right: both arrows point right.
      expect(Number(shaft['x1'])).toBeLessThan(Number(shaft['x2']));
      const [from, to] = toBroker ? [at.x.get(trace.columns.left[0]!.key)!, at.broker] : [at.broker, at.x.get(trace.columns.right[0]!.key)!]; // prettier-ignore
      expect(Math.abs(Number(shaft['x1']) - from)).toBeLessThan(4);
      expect(Math.abs(Number(shaft['x2']) - to)).toBeLessThan(10);
    }
  });
  test('what a fault dropped does not arrive: no head, a cross on the way', () => {
    const at = layout();
    const drawing = find('PUBACK', false);
    expect(drawing.picture).toMatchObject({ way: 'lost', mark: 'dropped' });
    const shapes = flat(drawRow(drawing, at));
    const classes = shapes.map(({ attributes }) => attributes['class']);
    expect(classes).toContain('sign-cross');
    expect(classes).not.toContain('head');
  });
  test.each([300, 358, 800])('no label is longer than its arrow, %d px wide', (width) => {
    const at = layoutOf(trace.columns.left, trace.columns.right, { width, zoom: 1 });
    const long = { topic: 'a/very/long/topic/that/fits/nowhere', detail: 'QoS 2 id 65535 DUP RETAIN', mark: 'dropped, connection cut' }; // prettier-ignore
    for (const { picture, ...drawing } of drawings()) {
      if (picture.type !== 'arrow') continue;
      const shapes = flat(drawRow({ ...drawing, picture: { ...picture, ...long } }, at));
      const most = Math.abs(at.x.get(picture.column)! - at.broker);
      const texts = shapes.filter(({ attributes }) => attributes['class'] === 'label');
      expect(texts).toHaveLength(2);
      for (const { children = [] } of texts) {
        const text = children.map((child) => child.text).join('');
        expect(widthOf(text) * at.fontSize).toBeLessThan(most);
      }
    }
  });
  test.each([358, 800])('no life line runs through a label, %d px wide', (width) => {
    const at = layoutOf(trace.columns.left, trace.columns.right, { width, zoom: 1 });
    let labels = 0;
    for (const drawing of drawings()) {
      const shapes = flat(drawRow(drawing, at));
      shapes.forEach(({ tag, attributes, children = [] }, i) => {
        if (tag !== 'text' || attributes['class'] !== 'label') return;
        labels += 1;
        const paper = shapes[i - 1]!.attributes;
        expect(paper['class']).toBe('label-paper');
        const half = (widthOf(children.map(({ text }) => text).join('')) * at.fontSize) / 2;
        const [x, y] = [Number(attributes['x']), Number(attributes['y'])];
        expect(Number(paper['x'])).toBeLessThan(x - half);
        expect(Number(paper['x']) + Number(paper['width'])).toBeGreaterThan(x + half);
        expect(Number(paper['y'])).toBeLessThan(y);
        expect(Number(paper['y']) + Number(paper['height'])).toBeGreaterThan(y);
      });
      const classes = shapes.map((shape) => shape.attributes['class']);
      // On the life lines, not under them.
      expect(classes.indexOf('label-paper')).toBeGreaterThan(classes.indexOf('life life-broker'));
    }
    expect(labels).toBeGreaterThan(5);
  });
  test('an unfinished exchange is bracketed beside its client’s line, from its PUBLISH on', () => {
    const parts = drawings().map(({ brackets }) => brackets.map(({ part }) => part).join());
    const begin = parts.indexOf('start');
    expect(begin).toBe(trace.rows.findIndex(({ exchange }) => exchange));
    expect(parts[begin + 1]).toBe('through');
  });
  test('a refused frame stops at the broker, with the statement that it broke', () => {
    const refused = drawings().find(({ picture }) => picture.tone === 'refused')!;
    expect(refused.picture).toMatchObject({ way: 'refused', detail: '[MQTT-3.3.2-2]' });
  });

  test('the SVG file stands alone, and holds what came over the wire as text only', () => {
    const svg = svgPicture({
      layout: layout(),
      heads: headsOf(trace.columns.all, trace.columns, words),
      rows: trace.rows.map((row, i) => ({ drawing: drawings()[i]!, time: '0', sentence: sentenceOf(row, trace, words) })), // prettier-ignore
      title: hostile,
      style: {
        css: readFileSync(new URL('diagram.css', import.meta.url), 'utf8'),
        token: (name) => `#${name.length.toString(16).repeat(3).slice(0, 3)}`,
      },
    });
    expect(svg).not.toMatch(/<script|var\(|url\(|href/);
    expect(svg.match(/<\/style>/g)).toHaveLength(1);
    expect(svg).toContain('&#60;script&#62;');
    expect(svg.match(/class="arrow /g)!.length).toBe(drawings().filter(({ picture }) => picture.type === 'arrow').length); // prettier-ignore
    const opened = svg.match(/<(\w+)[^>]*[^/]>/g)!.length;
    expect(svg.match(/<\/\w+>/g)!.length).toBe(opened);
  });
  test('the JSON file holds every byte: each packet can be read from it again', () => {
    const text = JSON.stringify(exportedTrace(trace.rows, (line) => trace.columns.of(line)!.name!));
    const { format, entries } = JSON.parse(text) as ReturnType<typeof exportedTrace>;
    expect(format).toBe('retained-trace');
    const packets = entries.filter(({ type }) => type === 'packet');
    expect(packets).toHaveLength(trace.rows.filter(({ entry }) => entry.type === 'packet').length);
    for (const { bytes, direction, kind, fields, version } of packets) {
      const frame = Uint8Array.from(bytes!.match(/../g)!, (pair) => parseInt(pair, 16));
      expect(parsePacket(frame, version as 4, direction!)).toMatchObject({ kind });
      expect(fields!.at(-1)!.end).toBe(frame.length);
    }
    const lost = entries.find(({ fault }) => fault)!;
    expect(lost).toMatchObject({ kind: 'PUBACK', fate: 'dropped', fault: 'drop', client: 'sensor', bytes: '40020007' }); // prettier-ignore
  });
});

test('rows grow in place, begin anew with a run, and forget what the record forgot', async () => {
  const entries = await record([], async (stage) => {
    const sensor = stage.wire('sensor');
    await sensor.connect('sensor');
    for (let i = 1; i <= 20; i += 1) sensor.publish('t', `${i}`, { qos: 1, messageId: i });
    await sensor.ping();
  });
  const whole = new WireRows();
  whole.sync({ generation: 1, entries, entriesLeftOut: 0 });
  const grown = new WireRows();
  for (let end = 1; end <= entries.length; end += 1) {
    const kept = grown.sync({ generation: 1, entries: entries.slice(0, end), entriesLeftOut: 0 });
    expect(kept).toBe(end > 1);
  }
  expect(grown.rows).toEqual(whole.rows);
  expect(grown.sync({ generation: 1, entries: entries.slice(5), entriesLeftOut: 5 })).toBe(false);
  expect(grown.rows).toEqual(whole.rows.filter(({ n }) => n > 5));
  expect(grown.sync({ generation: 2, entries: [], entriesLeftOut: 0 })).toBe(false);
  expect(grown.rows).toEqual([]);
});
