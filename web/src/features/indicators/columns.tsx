import { Tooltip } from '@mantine/core';
import { IconShieldQuestion } from '@tabler/icons-react';
import type { ColumnDef } from '@tanstack/react-table';
import type { TFunction } from 'i18next';
import { Link } from 'wouter';
import { paths } from '@/contract/paths';
import type { Indicator } from '@/contract/types';
import { Classification } from '@/ui/classification';
import type { CsvColumn } from '@/ui/csv';
import type { Format } from '@/ui/format';
import { Meter } from '@/ui/meter';
import { Moment } from '@/ui/moment';
import { TlpBadge } from '@/ui/tlp-badge';

export const initiallyHidden: readonly string[] = ['last_listed'];

/** What gives way while one indicator stands beside the list. */
export const hiddenBesidePanel: readonly string[] = ['class', 'sources', 'last_listed', 'tlp'];

export const indicatorColumns = (t: TFunction, format: Format): ColumnDef<Indicator>[] => [
  {
    id: 'value',
    header: t('field.indicator'),
    meta: { sort: 'value', narrow: 'title', fixed: true },
    cell: ({ row: { original: indicator } }) => (
      <span className="k-indicator-name">
        <Link to={paths.indicator(indicator.id)} className="k-address k-cut" title={indicator.value.length > 40 ? indicator.value : undefined}>
          {indicator.value}
        </Link>
        {indicator.flagged && (
          <Tooltip label={t('indicator.flagged_text')}>
            <IconShieldQuestion size={15} className="k-flag-mark" aria-label={t('indicator.flagged')} role="img" />
          </Tooltip>
        )}
        {!indicator.active && <span className="k-mark">{t('state.inactive')}</span>}
      </span>
    ),
  },
  { id: 'kind', header: t('field.kind'), cell: ({ row }) => t(`kind.${row.original.kind}`) },
  { id: 'class', header: t('field.class'), cell: ({ row }) => <span className="k-cut k-cut-short"><Classification of={row.original} /></span> },
  { id: 'confidence', header: t('field.confidence'), meta: { sort: 'confidence' }, cell: ({ row }) => <Meter value={row.original.confidence} label={t('field.confidence')} /> },
  {
    id: 'sources',
    header: t('field.sources'),
    cell: ({ row: { original } }) => (
      <Tooltip label={original.sources.map(({ name }) => name).join(', ')}>
        <span className="k-cut k-cut-short">{original.sources.length === 1 ? original.sources[0]?.name : t('count.sources', { count: original.sources.length, n: format.number(original.sources.length) })}</span>
      </Tooltip>
    ),
  },
  {
    id: 'sightings',
    header: t('organisations.sightings_24h'),
    meta: { align: 'end', sort: 'sightings' },
    cell: ({ row: { original } }) => (original.sightings_24h === 0 ? <span className="k-faint">0</span> : <Link to={paths.sightings({ indicator: original.value })}>{format.number(original.sightings_24h)}</Link>),
  },
  { id: 'last_sighted', header: t('field.last_sighted'), meta: { align: 'end', sort: 'last_sighted' }, cell: ({ row }) => <Moment at={row.original.last_sighted} as="ago" /> },
  { id: 'last_listed', header: t('field.last_listed'), meta: { align: 'end', sort: 'last_listed' }, cell: ({ row }) => <Moment at={row.original.last_listed} as="ago" /> },
  { id: 'tlp', header: t('field.tlp'), cell: ({ row }) => <TlpBadge tlp={row.original.tlp} readers={row.original.readers} /> },
];

export const indicatorsCsv: readonly CsvColumn<Indicator>[] = [
  ['id', (i) => i.id],
  ['value', (i) => i.value],
  ['kind', (i) => i.kind],
  ['class', (i) => i.class],
  ['type', (i) => i.type],
  ['confidence', (i) => i.confidence],
  ['active', (i) => String(i.active)],
  ['flagged', (i) => String(i.flagged)],
  ['tlp', (i) => i.tlp],
  ['sources', (i) => i.sources.map(({ name }) => name).join('; ')],
  ['first_listed', (i) => i.first_listed],
  ['last_listed', (i) => i.last_listed],
  ['valid_until', (i) => i.valid_until],
  ['sightings_24h', (i) => i.sightings_24h],
  ['last_sighted', (i) => i.last_sighted],
];
