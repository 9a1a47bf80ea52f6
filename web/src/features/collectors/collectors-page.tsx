import './collectors.css';
import { IconRouter } from '@tabler/icons-react';
import type { ColumnDef } from '@tanstack/react-table';
import { useMemo, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { healthOf } from '@/contract/exporter-health';
import type { Collection, CollectorSocket, Exporter } from '@/contract/types';
import { useCollection } from '@/contract/use-collection';
import { useStatus } from '@/contract/use-status';
import { useHiddenColumns } from '@/ui/column-choice';
import type { CsvColumn } from '@/ui/csv';
import { DataTable } from '@/ui/data-table';
import { Empty } from '@/ui/empty';
import { Failure } from '@/ui/failure';
import { useFormat } from '@/ui/format';
import { ListActions } from '@/ui/list-actions';
import { Moment } from '@/ui/moment';
import { PageHeader } from '@/ui/page-header';
import { Panel } from '@/ui/panel';
import { TableSkeleton } from '@/ui/table-skeleton';
import { exporterColumns, exportersCsv, socketColumns, socketsCsv } from './columns';
import { RouterGuide } from './router-guide';

const exporterId = (exporter: Exporter) => `${exporter.address} ${exporter.port} ${exporter.source_id} ${exporter.local}`;
const socketId = (socket: CollectorSocket) => socket.local;

function Answer({ collection }: { collection: Collection }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { exporters, sockets, now } = collection;
  if (exporters.length === 0) return t('collectors.answer_none', { count: sockets.length });
  const sending = exporters.filter((exporter) => healthOf(exporter, now) !== 'quiet').length;
  const sum = (name: 'lost' | 'records') => exporters.reduce((total, exporter) => total + exporter[name], 0);
  const drops = sockets.reduce((total, socket) => total + socket.kernel_drops, 0);
  return t('collectors.answer', {
    sending: t('count.exporters_sending', { count: sending, n: format.number(sending), all: format.number(exporters.length) }),
    records: format.number(sum('records')),
    lost: format.number(sum('lost')),
    drops: format.number(drops),
  });
}

interface CountersProps<Row> {
  name: string;
  title: string;
  note: ReactNode;
  columns: readonly ColumnDef<Row>[];
  csv: readonly CsvColumn<Row>[];
  rows: readonly Row[];
  id: (row: Row) => string;
}

function Counters<Row>({ name, title, note, columns, csv, rows, id }: CountersProps<Row>) {
  const hidden = useHiddenColumns(name);
  return (
    <Panel
      title={title}
      note={note}
      actions={<ListActions name={name} columns={columns} csv={csv} rows={rows} />}
      flush
    >
      <DataTable label={title} columns={columns} rows={rows} id={id} hidden={hidden} />
    </Panel>
  );
}

/** Where the flows come from, and what was lost on the way: shown, never hidden. */
export function CollectorsPage() {
  const { t } = useTranslation();
  const format = useFormat();
  const { data: status } = useStatus();
  const { data: collection, error, isPending, refetch } = useCollection();
  const now = collection?.now ?? '';
  const exporters = useMemo(() => exporterColumns(t, format, now), [t, format, now]);
  const sockets = useMemo(() => socketColumns(t, format), [t, format]);
  return (
    <>
      <PageHeader title={t('nav.collectors')} answer={collection === undefined ? '\u00a0' : <Answer collection={collection} />} />
      <div className="k-stack">
        {error !== null && <Failure error={error} retry={() => void refetch()} />}
        {isPending && (
          <Panel flush>
            <TableSkeleton rows={6} />
          </Panel>
        )}
        {collection !== undefined && collection.exporters.length > 0 && (
          <Counters name="exporters" title={t('collectors.exporters')} note={<>{t('collectors.since')} <Moment at={collection.since} /></>} columns={exporters} csv={exportersCsv} rows={collection.exporters} id={exporterId} />
        )}
        {collection !== undefined && collection.exporters.length === 0 && (
          <Panel>
            <Empty icon={<IconRouter size={26} />} title={t('collectors.empty_title')}>
              <p>{t('collectors.empty_text')}</p>
            </Empty>
          </Panel>
        )}
        {collection !== undefined && collection.sockets.length > 0 && (
          <Counters name="sockets" title={t('collectors.sockets')} note={t('collectors.sockets_note')} columns={sockets} csv={socketsCsv} rows={collection.sockets} id={socketId} />
        )}
        {collection !== undefined && <RouterGuide sockets={collection.sockets} window={status?.unflushed_window_seconds} />}
      </div>
    </>
  );
}
