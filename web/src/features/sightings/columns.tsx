import { IconShieldQuestion } from '@tabler/icons-react';
import { Tooltip } from '@mantine/core';
import type { ColumnDef } from '@tanstack/react-table';
import type { TFunction } from 'i18next';
import { Link } from 'wouter';
import { paths } from '@/contract/paths';
import type { Sighting } from '@/contract/types';
import { Classification } from '@/ui/classification';
import { DirectionMark } from '@/ui/direction-mark';
import type { Format } from '@/ui/format';
import { Moment } from '@/ui/moment';
import { portText, serviceName } from '@/ui/services';
import { TlpBadge } from '@/ui/tlp-badge';

export const initiallyHidden: readonly string[] = ['first', 'packets', 'side', 'country', 'sources'];

/** What gives way while one sighting stands beside the list; the indicator says where it went. */
export const hiddenBesidePanel: readonly string[] = ['foreign', 'port', 'packets', 'side', 'country', 'sources', 'first', 'bytes', 'tlp'];

const dash = <span className="k-faint">–</span>;

/** What a list of sightings can show, in this order. */
export const sightingColumns = (t: TFunction, format: Format): ColumnDef<Sighting>[] => [
  {
    id: 'last',
    header: t('field.last'),
    meta: { sort: 'last', fixed: true, narrow: 'title', width: 118 },
    cell: ({ row }) => (
      <Link to={paths.sighting(row.original.id)} aria-label={t('sighting.open', { time: format.dayAndTime(row.original.last) })}>
        <Moment at={row.original.last} />
      </Link>
    ),
  },
  { id: 'direction', header: t('field.direction'), meta: { width: 110 }, cell: ({ row }) => <DirectionMark direction={row.original.direction} /> },
  {
    id: 'national',
    header: t('field.national'),
    cell: ({ row: { original: sighting } }) => (
      <>
        {sighting.national_address === null ? dash : <span className="k-address">{sighting.national_address}</span>}
        {sighting.organisation !== null && <span className="k-cell-two k-cut">{sighting.organisation.name}</span>}
        {sighting.organisation === null && sighting.national_address !== null && <span className="k-cell-two">{t('filter.no_organisation')}</span>}
      </>
    ),
  },
  {
    id: 'foreign',
    header: t('field.foreign'),
    cell: ({ row: { original: sighting } }) => (
      <>
        <span className="k-address">{sighting.foreign_address ?? (sighting.direction === 'internal' ? sighting.peer : sighting.matched)}</span>
        {sighting.country !== null && <span className="k-cell-two">{format.country(sighting.country)}</span>}
        {sighting.national_address === null && sighting.peer !== sighting.foreign_address && <span className="k-cell-two">↔ <span className="k-address">{sighting.peer}</span></span>}
      </>
    ),
  },
  {
    id: 'indicator',
    header: t('field.indicator'),
    cell: ({ row: { original: { indicator } } }) => (
      <>
        <span className="k-indicator-cell">
          {indicator.id === null ? <span className="k-address">{indicator.value}</span> : <Link className="k-address k-cut" to={paths.indicator(indicator.id)}>{indicator.value}</Link>}
          {indicator.flagged && (
            <Tooltip label={t('indicator.flagged_text')}>
              <IconShieldQuestion size={15} className="k-flag" aria-label={t('indicator.flagged')} role="img" />
            </Tooltip>
          )}
        </span>
        <span className="k-cell-two k-cut k-cut-short">
          <Classification of={indicator} />
        </span>
      </>
    ),
  },
  {
    id: 'port',
    header: t('field.port'),
    meta: { width: 96 },
    cell: ({ row: { original: sighting } }) => (
      <>
        <span className="k-number">{portText(sighting.protocol, sighting.port)}</span>
        <span className="k-cell-two">{serviceName(sighting.protocol, sighting.port)}</span>
      </>
    ),
  },
  { id: 'country', header: t('field.country'), cell: ({ row }) => (row.original.country === null ? dash : format.country(row.original.country)) },
  { id: 'side', header: t('field.side'), cell: ({ row }) => t(`side.${row.original.side}`) },
  { id: 'first', header: t('field.first'), meta: { sort: 'first' }, cell: ({ row }) => <Moment at={row.original.first} /> },
  { id: 'flows', header: t('field.flows'), meta: { align: 'end', sort: 'flows' }, cell: ({ row }) => format.number(row.original.flows) },
  { id: 'packets', header: t('field.packets'), meta: { align: 'end', sort: 'packets' }, cell: ({ row }) => format.number(row.original.packets) },
  { id: 'bytes', header: t('field.bytes'), meta: { align: 'end', sort: 'bytes' }, cell: ({ row }) => format.bytes(row.original.bytes) },
  { id: 'sources', header: t('field.sources'), cell: ({ row }) => row.original.sources.join(', ') },
  { id: 'tlp', header: t('field.tlp'), meta: { width: 100 }, cell: ({ row }) => <TlpBadge tlp={row.original.tlp} readers={row.original.readers} /> },
];
