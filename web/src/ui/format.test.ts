// Numbers and moments read as each language writes them, whatever the browser knows.
import { beforeAll, describe, expect, test } from 'vitest';
import { makeFormat } from './format';
import { loadLocale } from './locale';

const moment = '2026-11-21T17:40:03Z';
const now = new Date('2026-11-21T17:45:00Z');

beforeAll(() => Promise.all(['en', 'mk', 'sq'].map(loadLocale)));

const of = (language: string) => makeFormat(language, 'Europe/Skopje');

describe('a number', () => {
  test('is grouped as the language groups', () => {
    expect(of('en').number(1234567)).toBe('1,234,567');
    expect(of('mk').number(1234567)).toBe('1.234.567');
    expect(of('sq').number(1234567)).toBe('1\u00a0234\u00a0567');
    expect(of('mk').number(999)).toBe('999');
  });

  test('is short on an axis', () => {
    expect(of('en').compact(12_345)).toMatch(/^12\.3k$/i);
    expect(of('mk').compact(5000)).toBe('5\u00a0илј.');
    expect(of('en').compact(0.4)).toBe('0.4');
  });

  test('of bytes has three significant figures and a unit', () => {
    expect(of('en').bytes(999)).toBe('999\u00a0B');
    expect(of('en').bytes(9211)).toBe('9.21\u00a0kB');
    expect(of('mk').bytes(51_302_211)).toBe('51,3\u00a0MB');
    expect(of('en').bytes(4_000_000_000)).toBe('4\u00a0GB');
  });

  test('of change shows its sign, and none for nothing', () => {
    expect(of('en').change(0.57)).toBe('+57%');
    expect(of('en').change(-0.02)).toBe('\u22122%');
    expect(of('en').change(-0.001)).toBe('0%');
  });
});

// Short names of months differ between versions of Unicode's locale data.
const november = new Intl.DateTimeFormat('mk', { day: 'numeric', month: 'short' }).formatToParts(new Date('2026-11-21T12:00:00Z')).find((part) => part.type === 'month')?.value ?? '';

describe('a moment', () => {
  test('stands in the chosen zone, with the day unless it is today', () => {
    expect(of('en').brief(moment, now)).toBe('18:40');
    expect(of('en').brief('2026-11-20T23:30:00Z', now)).toBe('00:30');
    expect(of('mk').brief('2026-11-20T17:40:03Z', now)).toBe(`20\u00a0${november}, 18:40`);
    expect(of('mk').full(moment)).toBe(`21\u00a0${november} 2026\u00a0г., 18:40:03`);
    expect(of('sq').weekday(moment)).toBe('sht 21\u00a0nën');
    expect(of('en').utc(moment)).toBe('2026-11-21 17:40:03 UTC');
  });

  test('with another one is a span, which tells nothing twice', () => {
    expect(of('en').span(moment, '2026-11-21T17:40:59Z')).toBe('21\u00a0Nov, 18:40');
    expect(of('mk').span(moment, '2026-11-21T17:52:00Z')).toBe(`21\u00a0${november}, 18:40 – 18:52`);
    expect(of('sq').span(moment, '2026-11-21T23:10:00Z')).toBe('21\u00a0nën, 18:40 – 22\u00a0nën, 00:10');
  });

  test('is so long ago, in the plural the language wants', () => {
    expect(of('en').ago(moment, now)).toBe('5 minutes ago');
    expect(of('mk').ago('2026-11-21T17:24:00Z', now)).toBe('пред 21 минута');
    expect(of('sq').ago('2026-11-21T16:45:00Z', now)).toBe('1 orë më parë');
    expect(of('mk').ago('2026-11-20T17:00:00Z', now)).toBe('вчера');
    expect(of('en').ago('2026-11-21T17:45:09Z', now)).toBe('now');
  });

  test('never reads as sixty of a smaller unit', () => {
    expect(of('en').ago('2026-11-21T17:44:00.300Z', now)).toBe('1 minute ago');
    expect(of('en').ago('2026-11-21T16:45:10Z', now)).toBe('1 hour ago');
  });
});

test('countries have their names in every language, and a code nobody knows stays a code', () => {
  expect(of('mk').country('DE')).toBe('Германија');
  expect(of('sq').country('MK')).toBe('Maqedonia e Veriut');
  expect(of('en').country('Q9')).toBe('Q9');
});
