import { Tooltip } from '@mantine/core';
import type { ColumnDef } from '@tanstack/react-table';
import type { TFunction } from 'i18next';
import { healthOf, shareLost } from '@/contract/exporter-health';
import type { CollectorSocket, Exporter } from '@/contract/types';
import type { CsvColumn } from '@/ui/csv';
import type { Format } from '@/ui/format';
import { Moment } from '@/ui/moment';

const protocols: Readonly<Record<Exporter['protocol'], string>> = { netflow5: 'NetFlow v5', netflow9: 'NetFlow v9', ipfix: 'IPFIX', sflow5: 'sFlow v5' };
const tones = { sending: 'good', quiet: 'warn', losing: 'bad' } as const;

const tiny = (share: number, format: Format) => (share > 0 && share < 0.005 ? '< 1 %' : format.percent(share));

/** A count that should be zero. */
function Fault({ count, format }: { count: number; format: Format }) {
  return count === 0 ? <span className="k-faint">0</span> : <strong className="k-bad">{format.number(count)}</strong>;
}

export const exporterColumns = (t: TFunction, format: Format, now: string): ColumnDef<Exporter>[] => [
  {
    id: 'address',
    header: t('collectors.exporter'),
    meta: { narrow: 'title', fixed: true },
    cell: ({ row: { original: exporter } }) => (
      <>
        <span className="k-address k-exporter">{exporter.address}</span>
        <span className="k-cell-two k-nowrap">{t('collectors.source_id', { id: exporter.source_id, port: exporter.port })}</span>
      </>
    ),
  },
  {
    id: 'state',
    header: t('field.state'),
    cell: ({ row: { original } }) => {
      const health = healthOf(original, now);
      return (
        <Tooltip label={t(`collectors.${health}_text`)}>
          <span className="k-mark" data-tone={tones[health]}>
            {t(`collectors.${health}`)}
          </span>
        </Tooltip>
      );
    },
  },
  {
    id: 'protocol',
    header: t('field.protocol'),
    cell: ({ row: { original } }) => (
      <>
        {protocols[original.protocol]}
        <span className="k-cell-two k-address">
          → {original.local}
          {original.sampling !== null && ` · ${t('collectors.one_in', { n: format.number(original.sampling) })}`}
        </span>
      </>
    ),
  },
  { id: 'records', header: t('collectors.records'), meta: { align: 'end' }, cell: ({ row }) => format.number(row.original.records) },
  {
    id: 'datagrams',
    header: t('collectors.datagrams'),
    meta: { align: 'end' },
    cell: ({ row: { original } }) => (
      <>
        {format.number(original.datagrams)}
        <span className="k-cell-two">{format.bytes(original.bytes)}</span>
      </>
    ),
  },
  {
    id: 'lost',
    header: t('collectors.lost'),
    meta: { align: 'end' },
    cell: ({ row: { original } }) =>
      original.lost === 0 ? (
        <span className="k-faint">0</span>
      ) : (
        <>
          <strong className="k-bad">{format.number(original.lost)}</strong>
          <span className="k-cell-two">{tiny(shareLost(original), format)}</span>
        </>
      ),
  },
  { id: 'undecodable', header: t('collectors.undecodable'), meta: { align: 'end' }, cell: ({ row }) => <Fault count={row.original.undecodable} format={format} /> },
  {
    id: 'templates',
    header: t('collectors.templates'),
    meta: { align: 'end' },
    cell: ({ row: { original } }) => (
      <>
        {format.number(original.templates)}
        {original.waiting_bytes > 0 && <span className="k-cell-two">{t('collectors.waiting', { bytes: format.bytes(original.waiting_bytes) })}</span>}
      </>
    ),
  },
  { id: 'last', header: t('collectors.last_seen'), meta: { align: 'end' }, cell: ({ row }) => <Moment at={row.original.last_seen} as="ago" /> },
];

export const socketColumns = (t: TFunction, format: Format): ColumnDef<CollectorSocket>[] => [
  { id: 'local', header: t('collectors.socket'), meta: { narrow: 'title', fixed: true }, cell: ({ row }) => <span className="k-address">{row.original.local}</span> },
  { id: 'datagrams', header: t('collectors.datagrams'), meta: { align: 'end' }, cell: ({ row }) => format.number(row.original.datagrams) },
  { id: 'bytes', header: t('field.bytes'), meta: { align: 'end' }, cell: ({ row }) => format.bytes(row.original.bytes) },
  { id: 'undecodable', header: t('collectors.undecodable'), meta: { align: 'end' }, cell: ({ row }) => <Fault count={row.original.undecodable} format={format} /> },
  { id: 'drops', header: t('collectors.kernel_drops'), meta: { align: 'end' }, cell: ({ row }) => <Fault count={row.original.kernel_drops} format={format} /> },
  { id: 'buffer', header: t('collectors.buffer'), meta: { align: 'end' }, cell: ({ row }) => format.bytes(row.original.receive_buffer_bytes) },
];

export const exportersCsv: readonly CsvColumn<Exporter>[] = (
  ['address', 'port', 'protocol', 'source_id', 'local', 'datagrams', 'bytes', 'records', 'undecodable', 'lost', 'sampling', 'templates', 'first_seen', 'last_seen'] as const
).map((name) => [name, (exporter: Exporter) => exporter[name]] as const);

export const socketsCsv: readonly CsvColumn<CollectorSocket>[] = (['local', 'datagrams', 'bytes', 'undecodable', 'kernel_drops', 'receive_buffer_bytes'] as const).map((name) => [name, (socket: CollectorSocket) => socket[name]] as const);
