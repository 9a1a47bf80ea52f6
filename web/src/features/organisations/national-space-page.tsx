import './organisations.css';
import { Button, Textarea } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { read, write } from '@/contract/client';
import type { NationalSpace } from '@/contract/types';
import { useMay } from '@/contract/use-session';
import { Failure } from '@/ui/failure';
import { useFormat } from '@/ui/format';
import { Moment } from '@/ui/moment';
import { PageHeader } from '@/ui/page-header';
import { Panel } from '@/ui/panel';
import { TableSkeleton } from '@/ui/table-skeleton';
import { say } from '@/ui/toast';
import { useUnsaved } from '@/ui/unsaved';
import { WhyField } from '@/ui/why-field';
import { Places } from './places';
import { readSpace } from './space';

function SpaceForm({ space }: { space: NationalSpace }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const [begun] = useState({ prefixes: space.prefixes.join('\n'), numbers: space.as_numbers.map((number) => `AS${number}`).join('\n') });
  const [prefixes, setPrefixes] = useState(begun.prefixes);
  const [numbers, setNumbers] = useState(begun.numbers);
  const [why, setWhy] = useState('');
  const mayWrite = useMay()('national_space.write');
  useUnsaved(prefixes !== begun.prefixes || numbers !== begun.numbers);
  const wanted = readSpace(prefixes, numbers);
  const save = useMutation({
    mutationFn: () => write<NationalSpace>('PUT', '/national-space', { body: { prefixes: wanted.prefixes, as_numbers: wanted.asNumbers }, version: space.version, why }),
    onSuccess: async (saved) => {
      client.setQueryData(['national-space'], saved);
      await client.invalidateQueries({ queryKey: ['status'] });
      say(t('space.saved'));
    },
  });
  return (
    <form
      className="k-form"
      onSubmit={(event) => {
        event.preventDefault();
        save.mutate();
      }}
    >
      {save.error !== null && <Failure error={save.error} />}
      <Panel title={t('space.title')} note={space.changed_at === null ? undefined : <>{t('field.changed')} <Moment at={space.changed_at} /></>}>
        <div className="k-stack">
          <Textarea label={t('space.prefixes', { count: wanted.prefixes.length })} description={t('space.prefixes_note')} value={prefixes} onChange={(event) => setPrefixes(event.currentTarget.value)} readOnly={!mayWrite} autosize minRows={6} maxRows={20} spellCheck={false} />
          <Textarea label={t('space.numbers', { count: wanted.asNumbers.length })} description={t('space.numbers_note')} value={numbers} onChange={(event) => setNumbers(event.currentTarget.value)} readOnly={!mayWrite} autosize minRows={3} maxRows={12} spellCheck={false} error={wanted.wrong.length > 0 ? t('space.wrong', { list: wanted.wrong.slice(0, 5).join(', ') }) : undefined} />
          {mayWrite && <WhyField value={why} onChange={setWhy} />}
        </div>
      </Panel>
      {mayWrite && (
        <div className="k-form-end">
          <Button type="submit" size="sm" loading={save.isPending} disabled={wanted.wrong.length > 0}>
            {t('action.save')}
          </Button>
        </div>
      )}
    </form>
  );
}

/** The country's own addresses: what decides whether traffic goes out, comes in, stays inside or passes through. */
export function NationalSpacePage() {
  const { t } = useTranslation();
  const format = useFormat();
  const { data: space, error, refetch } = useQuery({ queryKey: ['national-space'], queryFn: ({ signal }) => read<NationalSpace>('/national-space', {}, signal) });
  return (
    <>
      <PageHeader
        title={t('organisations.space')}
        answer={space === undefined ? '\u00a0' : space.prefixes.length === 0 ? t('space.answer_none') : t('space.answer', { prefixes: t('count.prefixes', { count: space.prefixes.length, n: format.number(space.prefixes.length) }), numbers: t('count.as_numbers', { count: space.as_numbers.length, n: format.number(space.as_numbers.length) }) })}
      />
      <Places />
      {space === undefined && (error === null ? <TableSkeleton /> : <Failure error={error} retry={() => void refetch()} />)}
      {space !== undefined && <SpaceForm key={space.version} space={space} />}
    </>
  );
}
