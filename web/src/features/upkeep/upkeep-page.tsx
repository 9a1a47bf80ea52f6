import '@/ui/access.css';
import { useQuery } from '@tanstack/react-query';
import type { ColumnDef } from '@tanstack/react-table';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { read } from '@/contract/client';
import { paths } from '@/contract/paths';
import type { Upkeep } from '@/contract/types';
import { DataTable } from '@/ui/data-table';
import { Facts } from '@/ui/facts';
import { Failure } from '@/ui/failure';
import { useFormat } from '@/ui/format';
import { Moment } from '@/ui/moment';
import { PageHeader } from '@/ui/page-header';
import { Panel } from '@/ui/panel';
import { TableSkeleton } from '@/ui/table-skeleton';
import { TablesPanel } from './tables-panel';

type WarningList = Upkeep['warning_lists']['items'][number];
const idOf = (list: WarningList) => list.name;

function WarningLists({ lists }: { lists: Upkeep['warning_lists'] }) {
  const { t } = useTranslation();
  const format = useFormat();
  const columns = useMemo<ColumnDef<WarningList>[]>(
    () => [
      { id: 'name', header: t('field.name'), meta: { narrow: 'title' }, cell: ({ row: { original } }) => <span title={original.description}>{original.name}</span> },
      { id: 'kind', header: t('field.kind'), cell: ({ row }) => t(`match.${row.original.kind}`) },
      { id: 'entries', header: t('upkeep.list_entries'), meta: { align: 'end' }, cell: ({ row }) => format.number(row.original.entries) },
      { id: 'version', header: t('upkeep.list_version'), meta: { align: 'end' }, cell: ({ row }) => <span translate="no">{row.original.version}</span> },
    ],
    [t, format],
  );
  return (
    <Panel title={t('upkeep.warning_lists')} note={t('upkeep.warning_lists_note')} flush={lists.items.length > 0}>
      {lists.items.length === 0 ? <p className="k-faint">{t('upkeep.no_warning_lists')}</p> : <DataTable label={t('upkeep.warning_lists')} columns={columns} rows={lists.items} id={idOf} />}
    </Panel>
  );
}

/** Files and entries of warning lists that could not be used; all others are. */
function ListFaults({ faults }: { faults: Upkeep['warning_lists']['faults'] }) {
  const { t } = useTranslation();
  return (
    <Panel title={t('upkeep.list_faults')}>
      <ul className="k-plain-list">
        {faults.map(({ file, reason }) => (
          <li key={`${file} ${reason}`}>
            <span className="k-strong" translate="no">
              {file}
            </span>
            : <span lang="en">{reason}</span>
          </li>
        ))}
      </ul>
    </Panel>
  );
}

/** How the server keeps house: settings as they stand, sizes, warning lists, tables of addresses, and how far the trail is signed. */
export function UpkeepPage() {
  const { t } = useTranslation();
  const format = useFormat();
  const { data: upkeep, error, refetch } = useQuery({ queryKey: ['upkeep'], queryFn: ({ signal }) => read<Upkeep>('/upkeep', {}, signal) });
  const answer = upkeep === undefined ? '\u00a0' : t('upkeep.answer', { size: format.bytes(upkeep.database_bytes), count: upkeep.retention.sightings, n: format.number(upkeep.retention.sightings) });
  return (
    <>
      <PageHeader title={t('nav.upkeep')} answer={answer} />
      {error !== null && <Failure error={error} retry={() => void refetch()} />}
      {upkeep === undefined && error === null && <TableSkeleton rows={5} />}
      {upkeep !== undefined && (
        <div className="k-columns">
          <div>
            <WarningLists lists={upkeep.warning_lists} />
            <TablesPanel tables={upkeep.tables} />
            {upkeep.warning_lists.faults.length > 0 && <ListFaults faults={upkeep.warning_lists.faults} />}
          </div>
          <div>
            <Panel title={t('upkeep.retention')} note={t('upkeep.by_options')}>
              <Facts
                longNames
                items={[
                  [t('upkeep.days'), format.number(upkeep.retention.days)],
                  [t('upkeep.space'), `${format.bytes(upkeep.retention.sightings_bytes)} / ${format.bytes(upkeep.retention.megabytes * 1_000_000)}`],
                  [t('upkeep.oldest'), <Moment key="oldest" at={upkeep.retention.oldest} absent="–" />],
                  [t('upkeep.next_cleanup'), <Moment key="next" at={upkeep.retention.next_cleanup} absent="–" />],
                  [t('upkeep.database'), format.bytes(upkeep.database_bytes)],
                  [t('upkeep.idle'), format.number(upkeep.idle_minutes)],
                ]}
              />
            </Panel>
            <Panel title={t('upkeep.trail')}>
              <Facts
                longNames
                items={[
                  [t('upkeep.trail_entries'), format.number(upkeep.trail.entries)],
                  [t('upkeep.checkpoint'), <Moment key="checkpoint" at={upkeep.trail.checkpoint_at} absent={t('upkeep.never')} />],
                  [t('upkeep.entries_since'), format.number(upkeep.trail.entries_since)],
                ]}
              />
              <p>
                <Link to={paths.trail()}>{t('nav.trail')}</Link>
              </p>
            </Panel>
          </div>
        </div>
      )}
    </>
  );
}
