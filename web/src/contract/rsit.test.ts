// What the form offers is what the server takes, and each has its words.
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import en from '@i18n/en.json';
import { taxonomy } from './rsit';

interface Value {
  value: string;
}

const truth = JSON.parse(readFileSync(new URL('../../../data/rsit.json', import.meta.url), 'utf8')) as { classes: (Value & { types: Value[] })[] };
const keyOf = (id: string) => id.replaceAll('-', '_');

test('offers the classes and types of the taxonomy, no more and no fewer', () => {
  expect(taxonomy).toEqual(Object.fromEntries(truth.classes.map((each) => [each.value, each.types.map(({ value }) => value)])));
});

test('every class and type has its words, and there are no others', () => {
  expect(Object.keys(en.rsit.class).sort()).toEqual(Object.keys(taxonomy).map(keyOf).sort());
  expect(Object.keys(en.rsit.type).sort()).toEqual(Object.values(taxonomy).flat().map(keyOf).sort());
});
