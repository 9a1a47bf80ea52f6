import { Select } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { read } from '@/contract/client';
import type { UserPage } from '@/contract/types';

const offered = 20;

/** Whose deeds: a person found by typing, or what acts without one. */
export function PersonChoice({ value, onChange }: { value: string | undefined; onChange: (actor: string | null) => void }) {
  const { t } = useTranslation();
  const [typed, setTyped] = useState('');
  const [search] = useDebouncedValue(typed.trim(), 200);
  const { data } = useQuery({ queryKey: ['/users', 'choice', search], queryFn: ({ signal }) => read<UserPage>('/users', { search, limit: offered }, signal) });
  const people = (data?.items ?? []).map(({ id, full_name: name }) => ({ value: `user:${id}`, label: name }));
  const choices = [...people, { value: 'console', label: t('actor.console') }];
  return (
    <Select
      size="xs"
      aria-label={t('field.actor')}
      placeholder={t('trail.all_actors')}
      data={choices}
      filter={({ options }) => options}
      value={choices.some((choice) => choice.value === value) ? value : null}
      onChange={onChange}
      onSearchChange={setTyped}
      searchable
      clearable
      clearButtonProps={{ 'aria-label': t('action.clear') }}
      nothingFoundMessage={t('list.none')}
    />
  );
}
