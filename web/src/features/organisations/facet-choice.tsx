import type { FacetCount } from '@/contract/types';
import { Choice } from '@/ui/choice';
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
  const format = useFormat();
  const countOf = (each: string) => counts?.find((facet) => facet.value === each || (facet.value === null && each === 'undecided'))?.count ?? 0;
  const counted = values.map(({ value: each, label }) => ({ value: each, label: counts === undefined ? label : `${label} (${format.number(countOf(each))})` }));
  return <Choice label={name} every={every} values={counted} value={value} onChange={onChange} />;
}
