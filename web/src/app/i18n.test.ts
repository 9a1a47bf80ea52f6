// A browser's language becomes one of ours; Serbian keeps its script.
import { expect, test } from 'vitest';
import { makeFormat } from '@/ui/format';
import { factsOf, loadLocale } from '@/ui/locale';
import { namesOf } from './i18n';

test.each([
  ['mk-MK', 'mk'],
  ['sq-XK', 'sq'],
  ['en-US', 'en'],
  ['sr', 'sr-Cyrl'],
  ['sr-RS', 'sr-Cyrl'],
  ['sr-Latn-RS', 'sr-Latn'],
  ['sr-ME', 'sr-Latn'],
  ['bs-BA', 'bs'],
])('%s is %s', (tag, name) => expect(namesOf(tag)).toEqual([name]));

test.each(['sr-Cyrl', 'sr-Latn', 'bs'])('%s has its numbers, and the plural forms of its grammar', async (language) => {
  await loadLocale(language);
  const now = new Date('2026-11-21T18:00:00Z');
  const format = makeFormat(language, 'UTC', undefined, factsOf(language));
  expect(format.number(1234567)).toBe('1.234.567');
  const [few, many] = [2, 5].map((hours) => format.ago(new Date(now.getTime() - hours * 3_600_000).toISOString(), now).replace(/\d+/, ''));
  expect(few).not.toBe(many);
});
