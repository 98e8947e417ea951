import { expect, test } from 'vitest';
import { classErrors } from './class-errors.ts';
import { addErrors, errors, errorText, SandboxError } from './errors.ts';

test('a refusal of a class has its sentence where the server has added it', () => {
  addErrors(classErrors);
  expect(errorText('not-let-in')).toBe(classErrors['not-let-in']);
  expect(new SandboxError('class-full', 'More.').message).toBe(
    `${classErrors['class-full']} More.`,
  );
  expect(new SandboxError('no-room').message).toBe(errors['no-room']);
  const names = [errors, classErrors].flatMap((all) => Object.keys(all));
  expect(new Set(names).size).toBe(names.length);
});
