import { Select } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { directions, type Direction } from '@/contract/types';
import { DirectionMark } from './direction-mark';

/** Which direction; all of them when nothing is chosen. */
export function DirectionChoice({ value, onChange }: { value: Direction | undefined; onChange: (direction: Direction | undefined) => void }) {
  const { t } = useTranslation();
  return (
    <Select
      size="xs"
      aria-label={t('filter.direction')}
      placeholder={t('filter.all_directions')}
      data={directions.map((direction) => ({ value: direction, label: t(`direction.${direction}`) }))}
      renderOption={({ option }) => <DirectionMark direction={option.value} />}
      value={value ?? null}
      onChange={(next) => onChange((next) ?? undefined)}
      clearable
      clearButtonProps={{ 'aria-label': t('action.clear') }}
      comboboxProps={{ shadow: 'md' }}
    />
  );
}
