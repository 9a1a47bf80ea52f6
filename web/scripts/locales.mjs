// Writes src/ui/locales/<language>.json: how each language writes numbers, days, "minutes ago", countries and languages. Browsers do
// not bring Macedonian and Albanian along (Chromium formats them as English), but Node.js does; so the desk takes its
// facts from here. Not kept in git: made before each build.
import { mkdir, readFile, writeFile } from 'node:fs/promises';

const locales = { en: 'en-GB', mk: 'mk-MK', sq: 'sq-MK', 'sr-Cyrl': 'sr-Cyrl-RS', 'sr-Latn': 'sr-Latn-RS', bs: 'bs-Latn-BA' };
const folder = new URL('../src/ui/locales/', import.meta.url);

const textOf = (parts, type) => parts.find((part) => part.type === type)?.value;

function regions(locale) {
  const names = new Intl.DisplayNames(locale, { type: 'region', fallback: 'none' });
  const letters = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ'];
  const codes = letters.flatMap((first) => letters.map((second) => first + second));
  const pseudo = new Set(['EU', 'EZ', 'UN', 'XA', 'XB', 'ZZ', 'QO']);
  return Object.fromEntries(codes.filter((code) => !pseudo.has(code)).flatMap((code) => (names.of(code) === undefined ? [] : [[code, names.of(code)]])));
}

/** Those that somebody in this part of the world may be written to in. */
const tongues = ['mk', 'sq', 'en', 'tr', 'sr', 'bs', 'hr', 'sl', 'bg', 'el', 'ro', 'hu', 'de', 'fr', 'it', 'es', 'nl', 'pl', 'cs', 'sk', 'ru', 'uk'];

function languages(locale) {
  const names = new Intl.DisplayNames(locale, { type: 'language' });
  return Object.fromEntries(tongues.map((code) => [code, names.of(code)]));
}

/** Of `пред 21 минута` the pattern `пред {0} минута`, for each plural form. */
function relative(locale) {
  const format = new Intl.RelativeTimeFormat(locale, { numeric: 'always' });
  const rules = new Intl.PluralRules(locale);
  const patterns = {};
  for (const unit of ['second', 'minute', 'hour', 'day']) {
    patterns[unit] = {};
    for (const count of [1, 2, 5, 21]) {
      const text = format.formatToParts(-count, unit).map((part) => (part.type === 'integer' ? '{0}' : part.value)).join('');
      patterns[unit][rules.select(count)] ??= text;
    }
  }
  const word = new Intl.RelativeTimeFormat(locale, { numeric: 'auto' });
  return { ...patterns, now: word.format(0, 'second'), yesterday: word.format(-1, 'day') };
}

function compact(locale) {
  const format = new Intl.NumberFormat(locale, { notation: 'compact' });
  const suffix = (value) => {
    const parts = format.formatToParts(value);
    return (textOf(parts, 'literal') ?? '') + (textOf(parts, 'compact') ?? '');
  };
  return { thousand: suffix(5e3), million: suffix(5e6), billion: suffix(5e9) };
}

function factsOf(locale) {
  const number = new Intl.NumberFormat(locale).formatToParts(1234567.5);
  const percent = new Intl.NumberFormat(locale, { style: 'percent' }).formatToParts(0.5);
  const month = new Intl.DateTimeFormat(locale, { month: 'short', day: 'numeric', timeZone: 'UTC' });
  const weekday = new Intl.DateTimeFormat(locale, { weekday: 'short', timeZone: 'UTC' });
  return {
    group: textOf(number, 'group'),
    decimal: textOf(number, 'decimal'),
    percent: percent.slice(1).map((part) => part.value).join(''),
    months: Array.from({ length: 12 }, (_, index) => textOf(month.formatToParts(Date.UTC(2026, index, 15)), 'month')),
    weekdays: Array.from({ length: 7 }, (_, index) => weekday.format(Date.UTC(2026, 10, 22 + index))),
    compact: compact(locale),
    relative: relative(locale),
    regions: regions(locale),
    languages: languages(locale),
  };
}

await mkdir(folder, { recursive: true });
for (const [language, locale] of Object.entries(locales)) {
  if (Intl.NumberFormat.supportedLocalesOf(locale).length === 0) throw new Error(`this Node.js does not know ${locale}; it needs full ICU data`);
  const file = new URL(`${language}.json`, folder);
  const text = `${JSON.stringify(factsOf(locale), null, 1)}\n`;
  if ((await readFile(file, 'utf8').catch(() => '')) !== text) await writeFile(file, text);
}
