// The rules that one can see being kept while one types.
import { expect, test } from 'vitest';
import { judge } from './password-rules';

test('counts characters, not bytes', () => {
  expect(judge('дванаесетзна', undefined).length).toBe(true);
  expect(judge('short', undefined).length).toBe(false);
  expect(judge('x'.repeat(129), undefined).length).toBe(false);
});

test('knows the name only where it is told, and the common ones never', () => {
  expect(judge('correct horse battery', 'ana.p').name).toBe(true);
  expect(judge('I am Ana.P for ever', 'ana.p@example.org').name).toBe(false);
  expect(judge('correct horse battery', undefined)).toMatchObject({ name: undefined, common: undefined });
});
