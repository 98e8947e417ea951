import * as mqtt from 'mqtt';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';
import { compileSentences } from '../editor/sentences.ts';
import { originalPosition } from './compiled.ts';
import { MODULES, MQTT_EXPORTS } from './imports.ts';
import { transpile } from './transpile.ts';

const compile = (text: string, language: 'en' | 'zh-tw' = 'en') => {
  const result = transpile(ts, 'publisher.ts', text, compileSentences(language));
  if ('problems' in result) throw new Error(JSON.stringify(result.problems));
  return result;
};
const problems = (text: string, language: 'en' | 'zh-tw' = 'en') => {
  const result = transpile(ts, 'publisher.ts', text, compileSentences(language));
  return 'problems' in result ? result.problems : [];
};

describe('transpile', () => {
  it('maps every way to import mqtt to the module of the worker', () => {
    const url = MODULES.get('mqtt') ?? '';
    for (const line of [
      `import mqtt from 'mqtt'; mqtt.connect();`,
      `import { connect } from "mqtt"; connect();`,
      `import * as mqtt from 'mqtt'; mqtt.connect();`,
      `import 'mqtt';`,
      `const mqtt = await import('mqtt');`,
      `export { connect } from 'mqtt';`,
    ]) {
      const { program } = compile(line);
      expect(program).toContain(url);
      expect(program.replace(url, 'mqtt'), line).toMatch(/['"]mqtt['"]/);
    }
  });

  it('gives the worker every name that the real library exports', () => {
    const real = Object.keys(mqtt).filter(
      (name) => name !== 'default' && name !== '__esModule' && name !== 'module.exports',
    );
    expect([...MQTT_EXPORTS].sort()).toEqual(real.sort());
  });

  it('drops an import of types alone', () => {
    expect(
      compile(`import type { IPublishPacket } from 'mqtt';\nimport type { A } from 'elsewhere';`)
        .program,
    ).not.toContain('mqtt');
  });

  it.each([
    [`import os from 'node:os';\nos.hostname();`, 1, 'node:os'],
    [`\n\nconst x = await import('https://example.org/x.js');`, 3, 'https://example.org/x.js'],
    [`export * from './other.ts';`, 1, './other.ts'],
    [`import { lamp } from 'devices';\nlamp();`, 1, 'devices'],
  ])('refuses an import of what is not there: %s', (text, line, name) => {
    const [problem] = problems(text);
    expect(problem).toMatchObject({ file: 'publisher.ts', line });
    expect(problem?.message).toBe(
      `There is no module “${name}” here. Programs can import 'mqtt', 'device' and 'node:fs' only.`,
    );
    expect(problems(text, 'zh-tw')[0]?.message).toContain(`這裡沒有「${name}」這個模組`);
  });

  it.each([
    [`const x = 'a';\nawait import('data:text/' + x);`, `'data:text/' + x`],
    [`const x = 'a';\nawait import("mqtt" as typeof x + x);`, `"mqtt" + x`],
  ])('names no module of an import whose text is only a part: %s', (text, kept) => {
    expect(compile(text).program).toContain(`await import(${kept})`);
  });

  it.each([
    ['(', `(`.repeat(20_000) + '1' + ')'.repeat(20_000)],
    ['{', `{`.repeat(40_000) + '}'.repeat(40_000)],
    ['.b', `const a: any = 1; a${'.b'.repeat(40_000)}`],
    ['!', `const a = ${'!'.repeat(60_000)}1;`],
    ['`${', `const a = ${'`${'.repeat(9_000)}1${'}`'.repeat(9_000)};`],
  ])('says of a program that it is nested too deeply: %s', (_, text) => {
    expect(problems(text)).toEqual([
      { file: 'publisher.ts', line: 1, column: 1, message: compileSentences('en').tooDeep },
    ]);
  });

  it('puts a syntax error at its line and column', () => {
    expect(problems(`const a = 1;\nconst b = ;\n`)[0]).toEqual({
      file: 'publisher.ts',
      line: 2,
      column: 11,
      message: 'Expression expected.',
    });
  });

  it('lets a type error run', () => {
    expect(compile(`const n: number = 'text';\nconsole.log(n);`).program).toContain(
      `const n = 'text';`,
    );
  });

  it('keeps statements on their own lines, and templates as they are', () => {
    const text = [
      `import mqtt from 'mqtt';`,
      ``,
      `interface Reading {`,
      `  celsius: number;`,
      `}`,
      ``,
      `const text = \`one`,
      ``,
      `\${1 +`,
      ``,
      `  1} three\`;`,
      `/* a`,
      `   comment */`,
      ``,
      `const reading: Reading = { celsius: 21 };`,
      `if (reading.celsius > 20) throw new Error(text); // here`,
      `mqtt.connect();`,
    ].join('\n');
    const { program } = compile(text);
    const lines = program.split('\n');
    expect(lines[14]).toBe('const reading = { celsius: 21 };');
    expect(lines.findIndex((line) => line.includes('throw'))).toBeGreaterThanOrEqual(15);
    const value = new Function(
      program.replace(/^import.*$/m, '').replace(/^const reading[^]*$/m, 'return text'),
    ) as () => string;
    expect(value()).toBe('one\n\n2 three');
  });

  it('finds the place in the source of a place in the program', () => {
    const text = `enum Colour { Red }\n\n\nconst broken = (value: string): number => value.nothing.length;\nbroken('x');\n`;
    const { program, map } = compile(text);
    const lines = program.split('\n');
    const line = lines.findIndex((one) => one.includes('nothing'));
    const column = lines[line]?.indexOf('nothing') ?? -1;
    expect(originalPosition(map, line + 1, column + 1)).toEqual({
      line: 4,
      column: text.split('\n')[3]!.indexOf('nothing') + 1,
    });
    expect(originalPosition([], 3, 1)).toBeNull();
  });

  it('refuses a program that is longer than any person writes', () => {
    expect(problems('x'.repeat(100_001))[0]?.message).toBe(
      'The program is too long: at most 100,000 characters.',
    );
  });
});
