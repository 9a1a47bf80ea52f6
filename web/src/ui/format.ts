// Numbers, amounts and moments as a language writes them. Pure; `useFormat` binds them to what the reader chose.
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { usePreferences, zoneName } from './preferences';

const locales: Readonly<Record<string, string>> = { en: 'en-GB', mk: 'mk-MK', sq: 'sq-MK', sr: 'sr-Cyrl-RS', bs: 'bs-BA' };

const steps = ['byte', 'kilobyte', 'megabyte', 'gigabyte', 'terabyte', 'petabyte'] as const;
const spans = [
  ['second', 60],
  ['minute', 60],
  ['hour', 24],
  ['day', 60],
] as const;

export function makeFormat(language: string, zone: string) {
  const locale = locales[language] ?? 'en-GB';
  const moment = (options: Intl.DateTimeFormatOptions, timeZone = zone) =>
    new Intl.DateTimeFormat(locale, { hourCycle: 'h23', timeZone, ...options });
  const clock = { hour: '2-digit', minute: '2-digit' } as const;
  const plain = new Intl.NumberFormat(locale);
  const compact = new Intl.NumberFormat(locale, { notation: 'compact', maximumFractionDigits: 1 });
  const percent = new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 0 });
  const change = new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 0, signDisplay: 'exceptZero' });
  const day = moment({ day: 'numeric', month: 'short', year: 'numeric' });
  const dayAndTime = moment({ day: 'numeric', month: 'short', ...clock });
  const full = moment({ day: 'numeric', month: 'short', year: 'numeric', ...clock, second: '2-digit' });
  const time = moment(clock);
  const weekday = moment({ weekday: 'short', day: 'numeric', month: 'short' });
  const relative = new Intl.RelativeTimeFormat(locale, { numeric: 'auto' });
  const regions = new Intl.DisplayNames(locale, { type: 'region', fallback: 'code' });
  const sameDay = (one: Date, other: Date) => day.format(one) === day.format(other);
  const joined = new Intl.ListFormat(locale, { type: 'conjunction' });

  return {
    locale,
    zone,
    number: (value: number) => plain.format(value),
    compact: (value: number) => compact.format(value),
    percent: (share: number) => percent.format(share),
    change: (share: number) => change.format(share),
    list: (parts: readonly string[]) => joined.format(parts),
    /** In steps of a thousand, three significant figures. */
    bytes: (value: number) => {
      const step = value < 1000 ? 0 : Math.min(steps.length - 1, Math.floor(Math.log10(value) / 3));
      const amount = value / 1000 ** step;
      const unit = steps[step] ?? 'byte';
      const digits = step === 0 || amount >= 100 ? 0 : amount >= 10 ? 1 : 2;
      return new Intl.NumberFormat(locale, { style: 'unit', unit, unitDisplay: step === 0 ? 'narrow' : 'short', maximumFractionDigits: digits }).format(amount);
    },
    day: (iso: string) => day.format(new Date(iso)),
    time: (iso: string) => time.format(new Date(iso)),
    weekday: (iso: string) => weekday.format(new Date(iso)),
    dayAndTime: (iso: string) => dayAndTime.format(new Date(iso)),
    full: (iso: string) => full.format(new Date(iso)),
    utc: (iso: string) => `${new Date(iso).toISOString().slice(0, 19).replace('T', ' ')} UTC`,
    /** The time alone today, with the day otherwise. */
    brief: (iso: string, now: Date) => (sameDay(new Date(iso), now) ? time : dayAndTime).format(new Date(iso)),
    ago: (iso: string, now: Date) => {
      let amount = (new Date(iso).getTime() - now.getTime()) / 1000;
      for (const [unit, size] of spans) {
        if (Math.abs(amount) < size) return relative.format(Math.round(amount), unit);
        amount /= size;
      }
      return day.format(new Date(iso));
    },
    country: (code: string) => regions.of(code) ?? code,
    language,
  };
}

export type Format = ReturnType<typeof makeFormat>;

export function useFormat(): Format {
  const { i18n } = useTranslation();
  const { zone } = usePreferences();
  const language = i18n.resolvedLanguage ?? 'en';
  return useMemo(() => makeFormat(language, zoneName(zone)), [language, zone]);
}
