import { Select } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { taxonomy } from '@/contract/rsit';

interface RsitChoiceProps {
  classId: string | null;
  typeId: string | null;
  /** A class without its type where another class was chosen. */
  onChange: (chosen: { class: string | null; type: string | null }) => void;
  required?: boolean;
  errors?: { class?: ReactNode; type?: ReactNode };
}

/** Class and type of the Reference Security Incident Taxonomy, the second of the first. */
export function RsitChoice({ classId, typeId, onChange, required = false, errors }: RsitChoiceProps) {
  const { t } = useTranslation();
  const clear = { clearable: !required, clearButtonProps: { 'aria-label': t('action.clear') } };
  const word = (group: 'class' | 'type') => (id: string) => ({ value: id, label: t(`rsit.${group}.${id.replaceAll('-', '_')}`) });
  return (
    <>
      <Select label={t('field.class')} required={required} allowDeselect={!required} data={Object.keys(taxonomy).map(word('class'))} value={classId} error={errors?.class} onChange={(next) => onChange({ class: next, type: null })} {...clear} searchable nothingFoundMessage={t('list.none')} />
      <Select label={t('field.type')} required={required} allowDeselect={!required} disabled={classId === null} data={(taxonomy[classId ?? ''] ?? []).map(word('type'))} value={typeId} error={errors?.type} onChange={(type) => onChange({ class: classId, type })} {...clear} />
    </>
  );
}
