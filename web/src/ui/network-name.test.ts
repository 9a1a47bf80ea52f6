// A claimed country is called by its name; whatever else is claimed stays as it is written.
import { beforeAll, expect, test } from 'vitest';
import { makeFormat } from './format';
import { loadLocale } from './locale';
import { networkName, writtenNetworkName } from './network-name';

beforeAll(() => loadLocale('en'));

const format = () => makeFormat('en', 'UTC');

test('a country has its name beside its code', () => {
  expect(networkName({ kind: 'country', value: 'MK' }, format())).toBe('North Macedonia (MK)');
  expect(writtenNetworkName('country:MK', format())).toBe('North Macedonia (MK)');
});

test('all else is shown as it is written', () => {
  expect(networkName({ kind: 'domain', value: 'example.org' }, format())).toBe('example.org');
  expect(['192.0.2.0/24', '2001:db8::/32', 'AS64500', 'country.example'].map((text) => writtenNetworkName(text, format()))).toEqual(['192.0.2.0/24', '2001:db8::/32', 'AS64500', 'country.example']);
});
