import { MultiSelect } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

/** Those of the country and its neighbours first; others that are stored already stay. */
const offered = ['mk', 'sq', 'en', 'tr', 'sr', 'bs', 'bg', 'el', 'de', 'fr'];

interface LanguageLinesProps {
  label: string;
  description?: string;
  value: readonly string[];
  error?: ReactNode;
  onChange: (languages: readonly string[]) => void;
}

/** Languages in the order of preference. */
export function LanguageLines({ label, description, value, error, onChange }: LanguageLinesProps) {
  const { t } = useTranslation();
  const nameOf = useLanguageName();
  const data = [...new Set([...offered, ...value])].map((code) => ({ value: code, label: nameOf(code) }));
  return <MultiSelect label={label} description={description} data={data} value={[...value]} error={error} onChange={onChange} maxValues={10} searchable clearable clearButtonProps={{ 'aria-label': t('action.clear') }} nothingFoundMessage={t('list.none')} />;
}

/** ISO 639-1 in the reader's words. */
export function useLanguageName(): (code: string) => string {
  const { i18n } = useTranslation();
  const names = new Intl.DisplayNames([i18n.resolvedLanguage ?? 'en'], { type: 'language' });
  return (code) => names.of(code) ?? code;
}
