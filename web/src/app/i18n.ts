import i18next from 'i18next';
import { initReactI18next } from 'react-i18next';
import { loadLocale } from '@/ui/locale';

/** Offered; Serbian and Bosnian may be filled later and fall back to English until then. */
export const languages = ['mk', 'sq', 'en'] as const;
export type Language = (typeof languages)[number];

export const languageNames: Readonly<Record<Language, string>> = { mk: 'Македонски', sq: 'Shqip', en: 'English' };

const key = 'kula.language';
const tables = import.meta.glob<Record<string, unknown>>(['@i18n/en.json', '@i18n/mk.json', '@i18n/sq.json'], { import: 'default' });

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
  const preferred = navigator.languages.map((language) => language.slice(0, 2)).find(isOffered);
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
    fallbackLng: { sr: ['en'], bs: ['en'], default: ['en'] },
    interpolation: { escapeValue: false },
    returnNull: false,
    showSupportNotice: false,
  });
  await load(language);
  await i18next.changeLanguage(language);
  document.documentElement.lang = language;
}
