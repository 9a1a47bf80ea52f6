import { Select } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useFound } from './use-incidents';

interface IncidentChoiceProps {
  label: string;
  value: string | null;
  onChange: (incident: string | null) => void;
  /** Which cannot be chosen. */
  except: readonly string[];
}

const offered = 20;

/** Another incident, found by typing its number or a part of its title. */
export function IncidentChoice({ label, value, onChange, except }: IncidentChoiceProps) {
  const { t } = useTranslation();
  const [typed, setTyped] = useState('');
  const [search] = useDebouncedValue(typed.trim(), 200);
  const [chosen, setChosen] = useState<{ value: string; label: string }>();
  // The name that stands in the field is no search for others.
  const found = useFound(search === chosen?.label ? '' : search, offered);
  const choices = (found.data ?? []).filter(({ id }) => !except.includes(id)).map(({ id, number, title }) => ({ value: id, label: `${number} ${title}` }));
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
