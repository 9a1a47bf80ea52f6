import { Button } from '@mantine/core';
import { IconArrowRight } from '@tabler/icons-react';
import type { ColumnDef } from '@tanstack/react-table';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { paths, type SightingFilter } from '@/contract/paths';
import type { Sighting } from '@/contract/types';
import { DataTable } from './data-table';
import { DirectionMark } from './direction-mark';
import { Failure } from './failure';
import { useFormat } from './format';
import { Moment } from './moment';
import { Panel } from './panel';
import { portText } from './services';
import { TableSkeleton } from './table-skeleton';
import { useLatestSightings } from './use-latest-sightings';

const idOf = (sighting: Sighting) => sighting.id;

/** The latest sightings of one record, on its own page, and the way to all of them; for those who may see sightings. */
export function SightingsOf({ filter, hide }: { filter: SightingFilter; hide: 'organisation' | 'indicator' }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { data, error, refetch, allowed } = useLatestSightings(filter, 10);
  const columns = useMemo<ColumnDef<Sighting>[]>(() => {
    const all: ColumnDef<Sighting>[] = [
      {
        id: 'last',
        header: t('field.last'),
        meta: { narrow: 'title' },
        cell: ({ row }) => (
          <Link to={paths.sighting(row.original.id)} aria-label={t('sighting.open', { time: format.dayAndTime(row.original.last) })}>
            <Moment at={row.original.last} />
          </Link>
        ),
      },
      { id: 'direction', header: t('field.direction'), cell: ({ row }) => <DirectionMark direction={row.original.direction} /> },
      {
        id: 'national',
        header: t('field.national'),
        cell: ({ row: { original: sighting } }) =>
          sighting.national_address === null ? (
            <>
              <span className="k-faint">–</span>
              <span className="k-cell-two k-address">
                {sighting.matched} ↔ {sighting.peer}
              </span>
            </>
          ) : (
            <span className="k-address">{sighting.national_address}</span>
          ),
      },
      { id: 'organisation', header: t('field.organisation'), cell: ({ row: { original } }) => (original.organisation === null ? <span className="k-faint">–</span> : <Link to={paths.organisation(original.organisation.id)}>{original.organisation.name}</Link>) },
      { id: 'indicator', header: t('field.indicator'), cell: ({ row: { original: { indicator } } }) => (indicator.id === null ? indicator.value : <Link className="k-address k-cut" to={paths.indicator(indicator.id)}>{indicator.value}</Link>) },
      { id: 'port', header: t('field.port'), cell: ({ row }) => <span className="k-number">{portText(row.original.protocol, row.original.port)}</span> },
      { id: 'flows', header: t('field.flows'), meta: { align: 'end' }, cell: ({ row }) => format.number(row.original.flows) },
    ];
    return all.filter((column) => column.id !== hide);
  }, [t, format, hide]);
  if (!allowed) return null;
  return (
    <Panel
      title={t('sightings.latest')}
      note={data === undefined ? undefined : t('sightings.in_window', { period: t(`window.in_${filter.window ?? '24h'}`), sightings: t('count.sightings', { count: data.totals.sightings, n: format.number(data.totals.sightings) }) })}
      actions={
        <Button component={Link} to={paths.sightings(filter)} variant="subtle" rightSection={<IconArrowRight size={14} aria-hidden />}>
          {t('sightings.all')}
        </Button>
      }
      flush
    >
      {data === undefined && (error === null ? <TableSkeleton rows={6} /> : <Failure error={error} retry={() => void refetch()} />)}
      {data !== undefined && (data.items.length === 0 ? <p className="k-table-none">{t('sightings.none_here')}</p> : <DataTable label={t('sightings.latest')} columns={columns} rows={data.items} id={idOf} />)}
    </Panel>
  );
}
