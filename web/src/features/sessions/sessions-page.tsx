import '@/ui/access.css';
import { Button } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { ColumnDef } from '@tanstack/react-table';
import type { TFunction } from 'i18next';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { read, write } from '@/contract/client';
import { paths } from '@/contract/paths';
import type { SessionOfSomebody } from '@/contract/types';
import { useMay } from '@/contract/use-session';
import { agentName } from '@/ui/agent';
import { useHiddenColumns } from '@/ui/column-choice';
import type { CsvColumn } from '@/ui/csv';
import { DataTable } from '@/ui/data-table';
import { DeedDialog } from '@/ui/deed-dialog';
import { useFormat } from '@/ui/format';
import { ListActions } from '@/ui/list-actions';
import { Moment } from '@/ui/moment';
import { PageHeader } from '@/ui/page-header';
import { PagedList } from '@/ui/paged-list';
import { say } from '@/ui/toast';
import { WhyField } from '@/ui/why-field';

const key = ['all-sessions'];
const idOf = (session: SessionOfSomebody) => session.id;
const none: readonly SessionOfSomebody[] = [];

const columnsOf = (t: TFunction, end: ((session: SessionOfSomebody) => void) | undefined): ColumnDef<SessionOfSomebody>[] => [
  { id: 'person', header: t('subject.user'), meta: { narrow: 'title', fixed: true }, cell: ({ row: { original } }) => <Link to={paths.person(original.user.id)}>{original.user.full_name}</Link> },
  {
    id: 'agent',
    header: t('sessions.browser'),
    cell: ({ row: { original } }) => (
      <>
        <span title={original.agent}>{original.agent === '' ? t('sessions.unnamed') : agentName(original.agent)}</span>
        {original.current && (
          <span className="k-mark k-mark-beside" data-tone="good">
            {t('sessions.current')}
          </span>
        )}
      </>
    ),
  },
  { id: 'origin', header: t('field.origin'), cell: ({ row }) => <span className="k-address">{row.original.origin}</span> },
  { id: 'used', header: t('sessions.last_use'), cell: ({ row }) => <Moment at={row.original.last_used_at} as="ago" /> },
  { id: 'began', header: t('field.since'), cell: ({ row }) => <Moment at={row.original.began_at} /> },
  { id: 'expires', header: t('sessions.ends'), cell: ({ row }) => <Moment at={row.original.expires_at} /> },
  {
    id: 'end',
    header: t('tokens.deed'),
    meta: { align: 'end', fixed: true },
    cell: ({ row: { original } }) =>
      original.current || end === undefined ? (
        <span className="k-faint">–</span>
      ) : (
        <Button variant="default" onClick={() => end(original)} aria-label={t('sessions.end_of', { name: original.user.full_name, agent: agentName(original.agent) })}>
          {t('sessions.end')}
        </Button>
      ),
  },
];

const csv: readonly CsvColumn<SessionOfSomebody>[] = [
  ['id', (session) => session.id],
  ['user', (session) => session.user.id],
  ['full_name', (session) => session.user.full_name],
  ['agent', (session) => session.agent],
  ['origin', (session) => session.origin],
  ['began_at', (session) => session.began_at],
  ['last_used_at', (session) => session.last_used_at],
  ['expires_at', (session) => session.expires_at],
];

function Ending({ session, onClose }: { session: SessionOfSomebody; onClose: () => void }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const [why, setWhy] = useState('');
  const end = useMutation({
    mutationFn: () => write<undefined>('DELETE', `/sessions/${session.id}`, { why }),
    onSuccess: async () => {
      say(t('sessions.ended'));
      onClose();
      await client.invalidateQueries({ queryKey: key });
    },
  });
  return (
    <DeedDialog title={t('sessions.end_title', { name: session.user.full_name })} deed={t('sessions.end')} tone="grave" doing={end} onDo={() => end.mutate()} onClose={onClose}>
      <p>{t('sessions.end_text')}</p>
      <WhyField value={why} onChange={setWhy} />
    </DeedDialog>
  );
}

/** Where everybody is signed in, and the way to end what should not be. */
export function SessionsPage() {
  const { t } = useTranslation();
  const format = useFormat();
  const manages = useMay()('users.manage');
  const [ending, setEnding] = useState<SessionOfSomebody>();
  const { data, error, isPending, refetch } = useQuery({ queryKey: key, queryFn: async ({ signal }) => (await read<{ items: SessionOfSomebody[] }>('/sessions', {}, signal)).items });
  const sessions = data ?? none;
  const columns = useMemo(() => columnsOf(t, manages ? setEnding : undefined), [t, manages]);
  const hidden = useHiddenColumns('sessions');
  const people = new Set(sessions.map(({ user }) => user.id)).size;
  return (
    <>
      <PageHeader
        title={t('nav.sessions')}
        answer={data === undefined ? '\u00a0' : t('sessions.answer', { count: people, people: format.number(people), sessions: format.number(sessions.length) })}
        actions={<ListActions name="sessions" columns={columns} csv={csv} rows={sessions} />}
      />
      <PagedList pages={{ rows: sessions, error, isPending, refetch }}>
        <DataTable label={t('nav.sessions')} columns={columns} rows={sessions} id={idOf} hidden={hidden} />
      </PagedList>
      {ending !== undefined && <Ending session={ending} onClose={() => setEnding(undefined)} />}
    </>
  );
}
