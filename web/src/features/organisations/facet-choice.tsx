import { Select } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { FacetCount } from '@/contract/types';
import { useFormat } from '@/ui/format';

interface FacetChoiceProps {
  name: string;
  /** What stands there while nothing is chosen. */
  every: string;
  values: readonly { value: string; label: string }[];
  /** `undecided` is what has none. */
  counts: readonly FacetCount[] | undefined;
  value: string | undefined;
  onChange: (value: string | undefined) => void;
}

/** One value of a field, each with how many have it. */
export function FacetChoice({ name, every, values, counts, value, onChange }: FacetChoiceProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const countOf = (each: string) => counts?.find((facet) => facet.value === each || (facet.value === null && each === 'undecided'))?.count ?? 0;
  const data = values.map(({ value: each, label }) => ({ value: each, label: counts === undefined ? label : `${label} (${format.number(countOf(each))})` }));
  return (
    <div className="k-tools-select">
      <Select size="xs" aria-label={name} placeholder={every} data={data} value={value ?? null} onChange={(next) => onChange(next ?? undefined)} clearable clearButtonProps={{ 'aria-label': t('action.clear') }} comboboxProps={{ shadow: 'md' }} />
    </div>
  );
}
