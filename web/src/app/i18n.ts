import i18next from 'i18next';
import { initReactI18next } from 'react-i18next';
import { loadLocale } from '@/ui/locale';

/**
 * Offered. Serbian in both scripts (`sr-Cyrl`, `sr-Latn`) and Bosnian (`bs`) have their files in data/i18n and their facts in
 * scripts/locales.mjs: once `npm run check:i18n` says that one is complete, it joins here, in `languageNames` and in `tables`.
 */
export const languages = ['mk', 'sq', 'en'] as const;
export type Language = (typeof languages)[number];

export const languageNames: Readonly<Record<Language, string>> = { mk: 'Македонски', sq: 'Shqip', en: 'English' };

const key = 'kula.language';
const tables = import.meta.glob<Record<string, unknown>>(['@i18n/en.json', '@i18n/mk.json', '@i18n/sq.json'], { import: 'default' });

/** What we call what a browser calls `sr-RS`, `sr-Latn-RS` or `mk-MK`: Serbian is in Cyrillic unless it says otherwise. */
export function namesOf(tag: string): string[] {
  const { language, script } = new Intl.Locale(tag).maximize();
  return language === 'sr' ? [`sr-${script ?? 'Cyrl'}`] : [language];
}

const isOffered = (text: string | null | undefined): text is Language => languages.includes(text as Language);

function stored(): string | null {
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
}

function chosen(): Language {
  const before = stored();
  if (isOffered(before)) return before;
  const preferred = navigator.languages.flatMap(namesOf).find(isOffered);
  return preferred ?? 'mk';
}

async function load(language: Language): Promise<void> {
  if (i18next.hasResourceBundle(language, 'translation')) return;
  const entry = Object.entries(tables).find(([path]) => path.endsWith(`/${language}.json`));
  const [texts] = await Promise.all([entry?.[1](), loadLocale(language)]);
  i18next.addResourceBundle(language, 'translation', texts ?? {});
}

export async function speak(language: Language): Promise<void> {
  await load(language);
  await i18next.changeLanguage(language);
  document.documentElement.lang = language;
  try {
    localStorage.setItem(key, language);
  } catch {
    // Without storage the choice holds for this visit.
  }
}

/** The language that a person is written to in, where none was chosen at this browser yet. */
export function adoptLanguage(language: Language): void {
  if (stored() === null && language !== i18next.resolvedLanguage) void speak(language);
}

export async function startLanguage(): Promise<void> {
  const language = chosen();
  await i18next.use(initReactI18next).init({
    lng: language,
    resources: {},
    // Of one language in another script, or of the neighbouring one, more is understood than of English.
    fallbackLng: { 'sr-Latn': ['bs', 'en'], bs: ['sr-Latn', 'en'], default: ['en'] },
    interpolation: { escapeValue: false },
    returnNull: false,
    showSupportNotice: false,
  });
  await load(language);
  await i18next.changeLanguage(language);
  document.documentElement.lang = language;
}
