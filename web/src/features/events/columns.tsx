import type { ColumnDef } from '@tanstack/react-table';
import type { TFunction } from 'i18next';
import type { ReactNode } from 'react';
import { Link } from 'wouter';
import { paths } from '@/contract/paths';
import type { Event } from '@/contract/types';
import { Classification } from '@/ui/classification';
import type { Format } from '@/ui/format';
import { Moment } from '@/ui/moment';
import { TlpBadge } from '@/ui/tlp-badge';
import { Severity } from './severity';

export const initiallyHidden: readonly string[] = ['malware', 'source_asn', 'source_country', 'severity', 'observed', 'row', 'tlp'];

/** What gives way while one event stands beside the list. */
export const hiddenBesidePanel: readonly string[] = ['destination', 'feed', 'malware', 'source_asn', 'source_country', 'severity', 'observed', 'row', 'tlp'];

const dash = <span className="k-faint">–</span>;
const orDash = (value: ReactNode) => value ?? dash;

/** An address and its port, as they are written; a name where there is no address. */
export const endText = (address: string | null, port: number | null, name: string | null = null): string | null => {
  const host = address ?? name;
  if (host === null) return port === null ? null : `:${port}`;
  return port === null ? host : `${host.includes(':') ? `[${host}]` : host}:${port}`;
};

/** What a list of events can show, in this order; who told it only to the team. */
export const eventColumns = (t: TFunction, format: Format, team: boolean): ColumnDef<Event>[] => {
  const all: ColumnDef<Event>[] = [
    {
      id: 'time',
      header: t('field.time'),
      meta: { sort: 'time', fixed: true, narrow: 'title', width: 118 },
      cell: ({ row: { original } }) => (
        <Link to={paths.event(original.id)} aria-label={t('event.open', { time: format.dayAndTime(original.time) })}>
          <Moment at={original.time} />
        </Link>
      ),
    },
    {
      id: 'type',
      header: t('field.type'),
      cell: ({ row: { original } }) => (
        <>
          <Classification of={original} />
          {original.identifier !== null && <span className="k-cell-two k-cut">{original.identifier}</span>}
        </>
      ),
    },
    {
      id: 'source',
      header: t('event.source'),
      cell: ({ row: { original } }) => (
        <>
          {orDash(endText(original.source_address, original.source_port, original.source_domain))}
          {original.source_address !== null && original.source_domain !== null && <span className="k-cell-two k-cut">{original.source_domain}</span>}
        </>
      ),
    },
    { id: 'destination', header: t('event.destination'), cell: ({ row: { original } }) => orDash(endText(original.destination_address, original.destination_port)) },
    {
      id: 'organisation',
      header: t('field.organisation'),
      cell: ({ row: { original: { organisation } } }) => (organisation === null ? <span className="k-faint">{t('filter.no_organisation')}</span> : <Link to={paths.organisation(organisation.id)}>{organisation.name}</Link>),
    },
    { id: 'malware', header: t('event.malware'), cell: ({ row }) => orDash(row.original.malware) },
    { id: 'severity', header: t('event.severity'), cell: ({ row }) => (row.original.severity === null ? dash : <Severity value={row.original.severity} />) },
    { id: 'source_asn', header: t('event.asn'), cell: ({ row }) => orDash(row.original.source_asn === null ? null : `AS${row.original.source_asn}`) },
    { id: 'source_country', header: t('field.country'), cell: ({ row }) => orDash(row.original.source_country === null ? null : format.country(row.original.source_country)) },
    { id: 'feed', header: t('event.feed'), cell: ({ row }) => orDash(row.original.feed) },
    { id: 'row', header: t('event.row'), meta: { align: 'end' }, cell: ({ row }) => orDash(row.original.row) },
    { id: 'observed', header: t('event.observed'), cell: ({ row }) => <Moment at={row.original.observed} /> },
    { id: 'tlp', header: t('field.tlp'), meta: { width: 100 }, cell: ({ row }) => <TlpBadge tlp={row.original.tlp} readers={row.original.readers} /> },
  ];
  return team ? all : all.filter(({ id }) => id !== 'feed' && id !== 'row');
};
