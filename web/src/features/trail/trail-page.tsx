import '@/ui/access.css';
import '@/ui/side-panel.css';
import '@/ui/trail.css';
import { Button } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { IconCertificate, IconHistory, IconShieldCheck } from '@tabler/icons-react';
import type { ColumnDef } from '@tanstack/react-table';
import type { i18n as I18n, TFunction } from 'i18next';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { read, writeForText } from '@/contract/client';
import type { JournalEntry, JournalPage, JournalVerification } from '@/contract/types';
import { useMay } from '@/contract/use-session';
import { ActorName } from '@/ui/actor-name';
import { useHiddenColumns } from '@/ui/column-choice';
import { downloadPlain, type CsvColumn } from '@/ui/csv';
import { Empty } from '@/ui/empty';
import { Failure } from '@/ui/failure';
import { useFormat } from '@/ui/format';
import { ListActions } from '@/ui/list-actions';
import { ListBeside } from '@/ui/list-beside';
import { Moment } from '@/ui/moment';
import { PageHeader } from '@/ui/page-header';
import { SavedViews } from '@/ui/saved-views';
import { say } from '@/ui/toast';
import { deedText, kindOf, kindText, nameOf } from '@/ui/trail-words';
import { useBeside } from '@/ui/use-beside';
import { useNow } from '@/ui/use-now';
import { usePages } from '@/ui/use-pages';
import { useQueryState } from '@/ui/use-query-state';
import { EntryPanel } from './entry-panel';
import { queryNames, toContract, type TrailQuery } from './filter';
import { FilterBar } from './filter-bar';
import { Verdict } from './verification';

const idOf = (entry: JournalEntry) => String(entry.sequence);
/** What the panel tells too. */
const besidePanel: readonly string[] = ['origin', 'why'];

const columnsOf = (t: TFunction, i18n: I18n, open: (entry: JournalEntry) => void): ColumnDef<JournalEntry>[] => [
  { id: 'time', header: t('field.time'), cell: ({ row }) => <Moment at={row.original.at} /> },
  {
    id: 'deed',
    header: t('field.deed'),
    meta: { narrow: 'title', fixed: true },
    cell: ({ row: { original } }) => (
      <button type="button" className="k-link" onClick={() => open(original)}>
        {deedText(original.deed, t, i18n)}
      </button>
    ),
  },
  {
    id: 'subject',
    header: t('field.subject'),
    cell: ({ row: { original } }) => (
      <>
        <span className="k-name">{nameOf(original) ?? kindText(kindOf(original.subject), t, i18n)}</span>
        {nameOf(original) !== undefined && <span className="k-cell-two">{kindText(kindOf(original.subject), t, i18n)}</span>}
      </>
    ),
  },
  { id: 'actor', header: t('field.actor'), cell: ({ row }) => <ActorName entry={row.original} /> },
  { id: 'origin', header: t('field.origin'), cell: ({ row: { original } }) => (original.origin === null ? <span className="k-faint">–</span> : <span className="k-address">{original.origin}</span>) },
  { id: 'why', header: t('why.short'), meta: { narrow: 'hide' }, cell: ({ row: { original } }) => (original.why === null ? <span className="k-faint">–</span> : <span className="k-cut" title={original.why}>{original.why}</span>) },
];

const text = (value: unknown): string | null => (value === null || value === undefined ? null : JSON.stringify(value));

const csv: readonly CsvColumn<JournalEntry>[] = [
  ['sequence', (entry) => entry.sequence],
  ['at', (entry) => entry.at],
  ['actor', (entry) => entry.actor],
  ['actor_name', (entry) => entry.actor_name],
  ['deed', (entry) => entry.deed],
  ['subject', (entry) => entry.subject],
  ['origin', (entry) => entry.origin],
  ['why', (entry) => entry.why],
  ['before', (entry) => text(entry.before)],
  ['after', (entry) => text(entry.after)],
  ['hash', (entry) => entry.hash],
];

function useCheckpoint() {
  const { t } = useTranslation();
  return useMutation({
    mutationFn: () => writeForText('/journal/checkpoints'),
    onSuccess: (text) => {
      downloadPlain(`kula-checkpoint-${new Date().toISOString().slice(0, 10)}.txt`, text);
      say(t('trail.checkpoint_signed'));
    },
  });
}

/** The audit trail: who changed what, when, from where and why, newest first; and whether it is whole. */
export function TrailPage() {
  const { t, i18n } = useTranslation();
  const may = useMay();
  const format = useFormat();
  const now = useNow();
  const [query, change] = useQueryState(queryNames);
  const { open, ...filter } = query;
  const pages = usePages<JournalEntry, JournalPage>('/journal', toContract(filter, now), 50);
  const verify = useMutation({ mutationFn: () => read<JournalVerification>('/journal/verification') });
  const checkpoint = useCheckpoint();
  const shown = pages.rows.find((entry) => idOf(entry) === open);
  const beside = useBeside({ open: shown === undefined ? undefined : open, change, id: idOf, chosen: useHiddenColumns('trail'), giveWay: besidePanel });
  const { select } = beside;
  const columns = useMemo(() => columnsOf(t, i18n, select), [t, i18n, select]);
  const narrowed = Object.values<string | undefined>(filter).some((value) => value !== undefined);
  const latest = pages.rows[0];
  return (
    <>
      <PageHeader
        title={t('nav.trail')}
        answer={latest === undefined ? (pages.isPending ? '\u00a0' : t('trail.answer_none')) : narrowed ? t('trail.answer_narrowed') : <>{t('trail.answer', { number: format.number(latest.sequence) })} <Moment at={latest.at} as="ago" /></>}
        actions={
          <>
            <SavedViews list="trail" />
            <ListActions name="trail" columns={columns} csv={csv} rows={{ path: '/journal', query: toContract(filter, now) }} />
            <Button variant="default" loading={verify.isPending} leftSection={<IconShieldCheck size={15} aria-hidden />} onClick={() => verify.mutate()}>
              {t('verification.now')}
            </Button>
            {may('journal.checkpoint') && (
              <Button variant="default" loading={checkpoint.isPending} leftSection={<IconCertificate size={15} aria-hidden />} onClick={() => checkpoint.mutate()}>
                {t('trail.checkpoint')}
              </Button>
            )}
          </>
        }
      />
      {verify.error !== null && <Failure error={verify.error} retry={() => verify.mutate()} />}
      {checkpoint.error !== null && <Failure error={checkpoint.error} retry={() => checkpoint.mutate()} />}
      {verify.data !== undefined && <Verdict found={verify.data} />}
      <FilterBar query={filter} change={(next: TrailQuery) => change({ ...next, open: undefined })} />
      <ListBeside
        label={t('nav.trail')}
        columns={columns}
        pages={pages}
        beside={beside}
        panel={(_, close) => shown !== undefined && <EntryPanel entry={shown} onClose={close} />}
        whenEmpty={
          narrowed ? undefined : (
            <Empty icon={<IconHistory size={26} />} title={t('trail.empty_title')}>
              <p>{t('trail.empty_text')}</p>
            </Empty>
          )
        }
      />
    </>
  );
}
