import { Select } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { read } from '@/contract/client';
import type { Organisation, OrganisationPage } from '@/contract/types';

interface OrganisationChoiceProps {
  label: string;
  description?: string;
  value: string | null;
  onChange: (organisation: string | null) => void;
  error?: ReactNode;
  required?: boolean;
}

const offered = 20;

/** An organisation of the register, found by typing. */
export function OrganisationChoice({ label, description, value, onChange, error, required = false }: OrganisationChoiceProps) {
  const { t } = useTranslation();
  const [typed, setTyped] = useState('');
  const [search] = useDebouncedValue(typed.trim(), 200);
  const present = useQuery({ queryKey: ['organisation', value], queryFn: ({ signal }) => read<Organisation>(`/organisations/${encodeURIComponent(value ?? '')}`, {}, signal), enabled: value !== null });
  // The name that stands in the field is no search for others.
  const asked = search === present.data?.name ? '' : search;
  const found = useQuery({ queryKey: ['/organisations', 'choice', asked], queryFn: ({ signal }) => read<OrganisationPage>('/organisations', { search: asked, limit: offered, sort: 'name' }, signal) });
  const choices = new Map((found.data?.items ?? []).map(({ id, name }) => [id, name]));
  if (value !== null) choices.set(value, present.data?.name ?? choices.get(value) ?? value);
  return (
    <Select
      label={label}
      description={description}
      required={required}
      placeholder={t('organisation_choice.type')}
      data={[...choices].map(([id, name]) => ({ value: id, label: name }))}
      filter={({ options }) => options}
      value={value}
      onChange={onChange}
      onSearchChange={setTyped}
      searchable
      clearable={!required}
      clearButtonProps={{ 'aria-label': t('action.clear') }}
      nothingFoundMessage={found.isFetching ? t('state.loading') : t('list.none')}
      error={error}
    />
  );
}
