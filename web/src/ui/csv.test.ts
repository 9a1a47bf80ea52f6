// What is exported opens in a spreadsheet without running anything.
import { expect, test } from 'vitest';
import { toCsv } from './csv';

const csvOf = (cell: string | number | null) => toCsv([['a', () => 1], ['b', (row: { cell: typeof cell }) => row.cell]], [{ cell }]);

test.each([
  ['quotes what needs quoting', 'x,y "no"', '"x,y ""no"""'],
  ['keeps a formula from being one', '=HYPERLINK("x")', '"\'=HYPERLINK(""x"")"'],
  ['leaves numbers alone', -3, '-3'],
  ['writes nothing for what is absent', null, ''],
])('%s', (_, cell, written) => expect(csvOf(cell)).toBe(`a,b\r\n1,${written}\r\n`));
