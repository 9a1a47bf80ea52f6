// Numbers, amounts and moments as a language writes them. Pure; `useFormat` binds them to what the reader chose.
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { factsOf, type LocaleFacts } from './locale';
import { usePreferences, zoneName } from './preferences';

const units = ['B', 'kB', 'MB', 'GB', 'TB', 'PB'] as const;
const spans = [
  ['second', 60],
  ['minute', 60],
  ['hour', 24],
  ['day', 60],
] as const;

function numbers(facts: LocaleFacts) {
  /** At most so many decimals, none that are only zeros; groups of three. */
  const number = (value: number, decimals = 0): string => {
    const [whole = '0', rest = ''] = Math.abs(value).toFixed(decimals).split('.');
    const figures = whole.replace(/\B(?=(\d{3})+$)/g, facts.group);
    const tail = rest.replace(/0+$/, '');
    const sign = value < 0 && Number(value.toFixed(decimals)) !== 0 ? '\u2212' : '';
    return sign + figures + (tail === '' ? '' : facts.decimal + tail);
  };
  const percent = (share: number): string => number(share * 100) + facts.percent;
  return {
    number: (value: number) => number(value),
    percent,
    /** One in which small ones count: one decimal, two below one percent. */
    finePercent: (share: number): string => number(share * 100, share < 0.01 ? 2 : 1) + facts.percent,
    change: (share: number) => (Math.round(share * 100) > 0 ? '+' : '') + percent(share),
    /** Short, for axes. */
    compact: (value: number): string => {
      if (Math.abs(value) < 1000) return number(value, 1);
      const [power, suffix] = Math.abs(value) < 1e6 ? [1e3, facts.compact.thousand] : Math.abs(value) < 1e9 ? [1e6, facts.compact.million] : [1e9, facts.compact.billion];
      return number(value / power, 1) + suffix;
    },
    /** In steps of a thousand, three significant figures. */
    bytes: (value: number): string => {
      const step = value < 1000 ? 0 : Math.min(units.length - 1, Math.floor(Math.log10(value) / 3));
      const amount = value / 1000 ** step;
      return `${number(amount, step === 0 || amount >= 100 ? 0 : amount >= 10 ? 1 : 2)}\u00a0${units[step]}`;
    },
  };
}

interface MomentParts {
  year: string;
  month: number;
  day: number;
  weekday: number;
  time: string;
  seconds: string;
}

function moments(language: string, facts: LocaleFacts, zone: string) {
  const clock = new Intl.DateTimeFormat('en-GB', {
    timeZone: zone, hourCycle: 'h23', year: 'numeric', month: 'numeric', day: 'numeric', hour: '2-digit', minute: '2-digit', second: '2-digit',
  });
  const rules = new Intl.PluralRules(language);
  const partsOf = (moment: Date): MomentParts => {
    const found: Partial<Record<Intl.DateTimeFormatPartTypes, string>> = {};
    for (const { type, value } of clock.formatToParts(moment)) found[type] = value;
    const { year = '', month = '1', day = '1', hour = '00', minute = '00', second = '00' } = found;
    const weekday = new Date(Date.UTC(Number(year), Number(month) - 1, Number(day))).getUTCDay();
    return { year, month: Number(month), day: Number(day), weekday, time: `${hour}:${minute}`, seconds: second };
  };
  const dayOf = ({ day, month }: MomentParts) => `${day}\u00a0${facts.months[month - 1]}`;
  const yearOf = ({ year }: MomentParts) => (language === 'mk' ? `${year}\u00a0г.` : year);
  const sameDay = (one: MomentParts, other: MomentParts) => one.day === other.day && one.month === other.month && one.year === other.year;
  const of =
    (write: (parts: MomentParts) => string) =>
    (iso: string): string =>
      write(partsOf(new Date(iso)));
  const day = of((parts) => `${dayOf(parts)} ${yearOf(parts)}`);
  return {
    day,
    time: of((parts) => parts.time),
    weekday: of((parts) => `${facts.weekdays[parts.weekday]} ${dayOf(parts)}`),
    dayAndTime: of((parts) => `${dayOf(parts)}, ${parts.time}`),
    /** From one moment to another; one moment where they share a minute. */
    span: (first: string, last: string): string => {
      const [from, to] = [partsOf(new Date(first)), partsOf(new Date(last))];
      const begin = `${dayOf(from)}, ${from.time}`;
      if (!sameDay(from, to)) return `${begin} – ${dayOf(to)}, ${to.time}`;
      return from.time === to.time ? begin : `${begin} – ${to.time}`;
    },
    full: of((parts) => `${dayOf(parts)} ${yearOf(parts)}, ${parts.time}:${parts.seconds}`),
    utc: (iso: string) => `${new Date(iso).toISOString().slice(0, 19).replace('T', ' ')} UTC`,
    /** The time alone today, with the day otherwise. */
    brief: (iso: string, now: Date): string => {
      const parts = partsOf(new Date(iso));
      return sameDay(parts, partsOf(now)) ? parts.time : `${dayOf(parts)}, ${parts.time}`;
    },
    /** How long since; the day itself when that is long ago. A moment ahead of this clock is now. */
    ago: (iso: string, now: Date): string => {
      let amount = (now.getTime() - new Date(iso).getTime()) / 1000;
      if (amount < 1) return facts.relative.now;
      for (const [unit, size] of spans) {
        if (amount < size - 0.5) {
          const count = Math.max(1, Math.round(amount));
          if (unit === 'day' && count === 1) return facts.relative.yesterday;
          const forms = facts.relative[unit];
          return (forms[rules.select(count)] ?? forms.other ?? '{0}').replace('{0}', String(count));
        }
        amount /= size;
      }
      return day(iso);
    },
  };
}

/** Codes that ISO 3166-1 leaves to its users; here they are the demo's invented countries. */
const isInvented = (code: string) => /^Q[M-Z]$/.test(code);

export function makeFormat(language: string, zone: string, invented: (code: string) => string = (code) => code, facts: LocaleFacts = factsOf(language)) {
  return {
    language,
    zone,
    ...numbers(facts),
    ...moments(language, facts, zone),
    languageName: (code: string): string => facts.languages[code] ?? code.toUpperCase(),
    languages: Object.keys(facts.languages),
    country: (code: string): string => facts.regions[code] ?? (isInvented(code) ? invented(code) : code),
  };
}

export type Format = ReturnType<typeof makeFormat>;

export function useFormat(): Format {
  const { t, i18n } = useTranslation();
  const { zone } = usePreferences();
  const language = i18n.resolvedLanguage ?? 'en';
  return useMemo(() => makeFormat(language, zoneName(zone), (code) => t('country.invented', { code })), [language, zone, t]);
}
