import { MultiSelect } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useReaders } from '@/contract/use-readers';

interface ReaderChoiceProps {
  /** What it means, and who reads it where nobody is chosen. */
  note: string;
  chosen: readonly string[];
  onChange: (readers: string[]) => void;
  error?: ReactNode;
}

/** Who may read what is TLP:RED. */
export function ReaderChoice({ note, chosen, onChange, error }: ReaderChoiceProps) {
  const { t } = useTranslation();
  const { data: people } = useReaders();
  return (
    <MultiSelect
      label={t('readers.choose')}
      description={note}
      data={(people ?? []).map(({ id, full_name }) => ({ value: id, label: full_name ?? id }))}
      value={[...chosen]}
      onChange={onChange}
      error={error}
      maxValues={50}
      searchable
      clearable
      clearButtonProps={{ 'aria-label': t('action.clear') }}
      nothingFoundMessage={t('list.none')}
    />
  );
}
