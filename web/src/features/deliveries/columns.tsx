import type { ColumnDef } from '@tanstack/react-table';
import type { TFunction } from 'i18next';
import { Link } from 'wouter';
import { paths } from '@/contract/paths';
import type { Delivery } from '@/contract/types';
import type { CsvColumn } from '@/ui/csv';
import type { Format } from '@/ui/format';
import { Moment } from '@/ui/moment';
import { StateMark } from './delivery-story';

export const initiallyHidden: readonly string[] = ['format', 'duplicates', 'bytes'];

/** What gives way while one delivery stands beside the list. */
export const hiddenBesidePanel: readonly string[] = ['source', 'format', 'duplicates', 'bytes', 'accepted', 'events'];

export const deliveryColumns = (t: TFunction, format: Format): ColumnDef<Delivery>[] => [
  {
    id: 'name',
    header: t('field.name'),
    meta: { narrow: 'title', fixed: true },
    cell: ({ row: { original } }) => (
      <Link to={paths.delivery(original.id)} className="k-address k-cut" title={original.name}>
        {original.name === '' ? t('deliveries.nameless') : original.name}
      </Link>
    ),
  },
  { id: 'source', header: t('field.source'), cell: ({ row }) => <span className="k-cut k-cut-short">{row.original.source}</span> },
  { id: 'state', header: t('field.state'), cell: ({ row }) => <StateMark delivery={row.original} /> },
  { id: 'rows', header: t('deliveries.rows'), meta: { align: 'end', sort: 'rows' }, cell: ({ row }) => format.number(row.original.rows) },
  { id: 'accepted', header: t('deliveries.accepted'), meta: { align: 'end' }, cell: ({ row }) => format.number(row.original.accepted) },
  { id: 'duplicates', header: t('deliveries.duplicates'), meta: { align: 'end' }, cell: ({ row }) => format.number(row.original.duplicates) },
  {
    id: 'quarantined',
    header: t('deliveries.quarantined'),
    meta: { align: 'end', sort: 'quarantined' },
    cell: ({ row: { original } }) => (original.quarantined === 0 ? <span className="k-faint">0</span> : <strong>{format.number(original.quarantined)}</strong>),
  },
  { id: 'events', header: t('deliveries.events'), meta: { align: 'end' }, cell: ({ row }) => format.number(row.original.events) },
  { id: 'received', header: t('deliveries.received'), meta: { align: 'end', sort: 'received' }, cell: ({ row }) => <Moment at={row.original.received_at} as="ago" /> },
  { id: 'format', header: t('deliveries.format'), cell: ({ row }) => <span className="k-cut k-cut-short">{row.original.format}</span> },
  { id: 'bytes', header: t('deliveries.bytes'), meta: { align: 'end' }, cell: ({ row }) => format.bytes(row.original.bytes) },
];

export const deliveriesCsv: readonly CsvColumn<Delivery>[] = [
  ['id', (d) => d.id],
  ['source', (d) => d.source],
  ['name', (d) => d.name],
  ['format', (d) => d.format],
  ['state', (d) => d.state],
  ['complete', (d) => String(d.complete)],
  ['reason', (d) => d.reason],
  ['rows', (d) => d.rows],
  ['accepted', (d) => d.accepted],
  ['duplicates', (d) => d.duplicates],
  ['quarantined', (d) => d.quarantined],
  ['events', (d) => d.events],
  ['new_columns', (d) => d.new_columns.join('; ')],
  ['bytes', (d) => d.bytes],
  ['sha256', (d) => d.sha256],
  ['received_at', (d) => d.received_at],
  ['changed_at', (d) => d.changed_at],
];
