// A list is sent as what it is.
import { expect, test } from 'vitest';
import { bodyType, emptyIntake, queryOf } from './intake';

test('tells CSV from a plain list', () => {
  expect(bodyType('indicator,comment\n192.0.2.1,x')).toBe('text/csv');
  expect(bodyType('# comment, with a comma\n192.0.2.1')).toBe('text/plain');
  expect(bodyType('http://lure.example/a,b')).toBe('text/plain');
  expect(bodyType('')).toBe('text/plain');
});

test('leaves out what was not chosen', () => {
  expect(queryOf({ ...emptyIntake, source: ' list ' })).toEqual({ source: 'list', confidence: 50, tlp: 'amber', pap: 'amber' });
});
