import { Select } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { read } from '@/contract/client';
import type { IncidentPage, IncidentReference } from '@/contract/types';

interface IncidentChoiceProps {
  label: string;
  value: string | null;
  onChange: (incident: string | null) => void;
  /** Which cannot be chosen. */
  except?: readonly string[];
  /** Which are likely, and are offered before those that are found. */
  likely?: readonly IncidentReference[];
}

const offered = 20;
const none: readonly never[] = [];
const choiceOf = ({ id, number, title }: IncidentReference) => ({ value: id, label: `${number} ${title}` });

/** An incident, found by typing its number or a part of its title. */
export function IncidentChoice({ label, value, onChange, except = none, likely = none }: IncidentChoiceProps) {
  const { t } = useTranslation();
  const [typed, setTyped] = useState('');
  const [search] = useDebouncedValue(typed.trim(), 200);
  const [chosen, setChosen] = useState(() => likely.map(choiceOf).find((choice) => choice.value === value));
  // The name that stands in the field is no search for others.
  const asked = search === chosen?.label ? '' : search;
  const found = useQuery({ queryKey: ['/incidents', 'choice', asked], queryFn: async ({ signal }) => (await read<IncidentPage>('/incidents', { search: asked, limit: offered }, signal)).items });
  const others = (found.data ?? []).filter(({ id }) => !except.includes(id) && likely.every((each) => each.id !== id));
  const choices = [...likely, ...others].map(choiceOf);
  const all = chosen === undefined || choices.some((choice) => choice.value === chosen.value) ? choices : [...choices, chosen];
  return (
    <Select
      label={label}
      required
      placeholder={t('incidents.choose')}
      data={all}
      filter={({ options }) => options}
      value={value}
      onChange={(next) => {
        setChosen(all.find((choice) => choice.value === next));
        onChange(next);
      }}
      onSearchChange={setTyped}
      searchable
      nothingFoundMessage={found.isFetching ? t('state.loading') : t('list.none')}
      data-autofocus
    />
  );
}
