// What is exported opens in a spreadsheet without running anything.
import { expect, test } from 'vitest';
import { toCsv } from './csv';

test('quotes what needs quoting', () => {
  expect(toCsv(['a', 'b'], [['x,y', 'say "no"']])).toBe('a,b\r\n"x,y","say ""no"""\r\n');
});

test('keeps a formula from being one, but leaves numbers alone', () => {
  expect(toCsv(['a', 'b'], [['=HYPERLINK("x")', -3]])).toBe('a,b\r\n"\'=HYPERLINK(""x"")",-3\r\n');
});

test('writes nothing for what is absent', () => {
  expect(toCsv(['a', 'b'], [[null, undefined]])).toBe('a,b\r\n,\r\n');
});
