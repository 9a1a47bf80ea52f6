import { MultiSelect } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '@/ui/format';

interface LanguageLinesProps {
  label: string;
  description?: string;
  value: readonly string[];
  error?: ReactNode;
  onChange: (languages: readonly string[]) => void;
}

/** Languages in the order of preference; others than the offered ones stay where they are stored already. */
export function LanguageLines({ label, description, value, error, onChange }: LanguageLinesProps) {
  const { t } = useTranslation();
  const { languages, languageName } = useFormat();
  const data = [...new Set([...languages, ...value])].map((code) => ({ value: code, label: languageName(code) }));
  return <MultiSelect label={label} description={description} data={data} value={[...value]} error={error} onChange={onChange} maxValues={10} searchable clearable clearButtonProps={{ 'aria-label': t('action.clear') }} nothingFoundMessage={t('list.none')} />;
}
