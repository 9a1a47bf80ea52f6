import { Select } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { labelOf, useSectors } from '@/contract/use-sectors';

interface SectorChoiceProps {
  value: string | undefined;
  onChange: (sector: string | undefined) => void;
  /** With the choice of what has no sector. */
  none?: boolean;
  label?: string;
  size?: 'xs' | 'sm';
}

export function SectorChoice({ value, onChange, none = true, label, size = 'xs' }: SectorChoiceProps) {
  const { t, i18n } = useTranslation();
  const { data: sectors } = useSectors();
  const choices = (sectors ?? []).map(({ id }) => ({ value: id, label: labelOf(sectors, id, i18n.resolvedLanguage ?? 'en') }));
  return (
    <Select
      size={size}
      label={label}
      aria-label={label === undefined ? t('filter.sector') : undefined}
      placeholder={label === undefined ? t('filter.all_sectors') : t('filter.no_sector')}
      data={none ? [...choices, { value: 'none', label: t('filter.no_sector') }] : choices}
      value={value ?? null}
      onChange={(next) => onChange(next ?? undefined)}
      clearable
      clearButtonProps={{ 'aria-label': t('action.clear') }}
      searchable
      nothingFoundMessage={t('list.none')}
      comboboxProps={{ shadow: 'md' }}
    />
  );
}
