import { MultiSelect, Select, TagsInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { taxonomy } from '@/contract/rsit';
import { useSectors } from '@/contract/use-sectors';
import { faultOf } from '@/ui/reason';
import { faultKey, mostValues, severities, type Conditions } from './draft';
import { OrganisationLines } from './organisation-lines';
import { useWords } from './use-words';

interface ConditionFieldsProps {
  when: Conditions;
  /** By the rule's fields as the server names them. */
  faults: ReadonlyMap<string, string>;
  onChange: (change: Partial<Conditions>) => void;
}

/** When a rule fits: what is left empty does not matter. */
export function ConditionFields({ when, faults, onChange }: ConditionFieldsProps) {
  const { t } = useTranslation();
  const words = useWords();
  const { data: sectors } = useSectors();
  const clear = { 'aria-label': t('action.clear') };
  const shared = (list: 'classes' | 'types' | 'sectors' | 'sources' | 'problems' | 'tags') => ({
    label: t(`routing_field.${list}`),
    value: [...when[list]],
    error: faultOf(faults, faultKey(faults, `when.${list}`)),
    clearable: true,
    clearButtonProps: clear,
    onChange: (values: string[]) => onChange({ [list]: values }),
  });
  const choice = (list: 'classes' | 'types' | 'sectors') => (id: string) => ({ value: id, label: words.value(list, id) });
  const offered = { searchable: true, maxValues: mostValues, nothingFoundMessage: t('list.none') };
  return (
    <>
      <div className="k-form-row">
        <Select label={t('routing_field.severity_at_least')} placeholder={t('routing.severity_any')} data={severities.map((each) => ({ value: each, label: t(`severity.${each}`) }))} value={when.severity_at_least} error={faultOf(faults, 'when.severity_at_least')} onChange={(severity_at_least) => onChange({ severity_at_least })} clearable clearButtonProps={clear} />
        <MultiSelect {...shared('sectors')} {...offered} data={(sectors ?? []).map(({ id }) => choice('sectors')(id))} />
      </div>
      <div className="k-form-row">
        <MultiSelect {...shared('classes')} {...offered} data={Object.keys(taxonomy).map(choice('classes'))} />
        <MultiSelect {...shared('types')} {...offered} data={Object.entries(taxonomy).map(([group, types]) => ({ group: words.value('classes', group), items: types.map(choice('types')) }))} />
      </div>
      <OrganisationLines label={t('routing_field.organisations')} value={when.organisations} error={faultOf(faults, faultKey(faults, 'when.organisations'))} onChange={(organisations) => onChange({ organisations })} />
      <TagsInput {...shared('tags')} description={t('routing.tags_note')} splitChars={[',', ';']} maxTags={mostValues} />
      <div className="k-form-row">
        <TagsInput {...shared('sources')} description={t('routing.sources_note')} splitChars={[',']} maxTags={mostValues} />
        <TagsInput {...shared('problems')} description={t('routing.problems_note')} splitChars={[',']} maxTags={mostValues} />
      </div>
    </>
  );
}
