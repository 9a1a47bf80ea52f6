import { Select } from '@mantine/core';
import { useTranslation } from 'react-i18next';

interface ChoiceProps<Value extends string> {
  label: string;
  /** What stands there while nothing is chosen. */
  every: string;
  values: readonly { value: Value; label: string }[];
  value: string | undefined;
  onChange: (value: Value | undefined) => void;
  /** Where it stands: among a list's tools or in the bar of its filters. */
  place?: 'k-tools-select' | 'k-filter-select';
  searchable?: boolean;
}

/** Narrows a list to one value of a field, or to none. */
export function Choice<Value extends string>({ label, every, values, value, onChange, place = 'k-tools-select', searchable = false }: ChoiceProps<Value>) {
  const { t } = useTranslation();
  return (
    <Select
      size="xs"
      className={place}
      aria-label={label}
      placeholder={every}
      data={values}
      value={values.find((each) => each.value === value)?.value ?? null}
      onChange={(next) => onChange(next ?? undefined)}
      clearable
      clearButtonProps={{ 'aria-label': t('action.clear') }}
      comboboxProps={{ shadow: 'md' }}
      searchable={searchable}
      nothingFoundMessage={t('list.none')}
    />
  );
}
