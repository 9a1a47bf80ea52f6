// How a language writes what is not words: loaded with the language, because browsers do not know all of ours.

type Forms = Readonly<Partial<Record<Intl.LDMLPluralRule, string>>>;

export interface LocaleFacts {
  group: string;
  decimal: string;
  percent: string;
  months: readonly string[];
  /** From Sunday. */
  weekdays: readonly string[];
  compact: { thousand: string; million: string; billion: string };
  relative: { second: Forms; minute: Forms; hour: Forms; day: Forms; now: string; yesterday: string };
  regions: Readonly<Record<string, string>>;
  /** By ISO 639-1, in the order to offer them. */
  languages: Readonly<Record<string, string>>;
}

const tables = import.meta.glob<LocaleFacts>('./locales/*.json', { import: 'default' });
const known = new Map<string, LocaleFacts>();

export async function loadLocale(language: string): Promise<void> {
  const load = tables[`./locales/${language}.json`];
  if (load !== undefined && !known.has(language)) known.set(language, await load());
}

const bare: LocaleFacts = {
  group: ',', decimal: '.', percent: '%',
  months: ['01', '02', '03', '04', '05', '06', '07', '08', '09', '10', '11', '12'],
  weekdays: ['', '', '', '', '', '', ''],
  compact: { thousand: 'k', million: 'm', billion: 'bn' },
  relative: { second: { other: '{0} s' }, minute: { other: '{0} min' }, hour: { other: '{0} h' }, day: { other: '{0} d' }, now: '0 s', yesterday: '1 d' },
  regions: {},
  languages: {},
};

/** The facts of a language that was loaded; bare figures otherwise. */
export const factsOf = (language: string): LocaleFacts => known.get(language) ?? known.get('en') ?? bare;
