import { Button } from '@mantine/core';
import { IconFlag3, IconUpload } from '@tabler/icons-react';
import type { ColumnDef } from '@tanstack/react-table';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { paths } from '@/contract/paths';
import type { Source } from '@/contract/types';
import { useSources } from '@/contract/use-sources';
import { Allowed } from '@/ui/allowed';
import { Classification } from '@/ui/classification';
import { useHiddenColumns } from '@/ui/column-choice';
import type { CsvColumn } from '@/ui/csv';
import { DataTable } from '@/ui/data-table';
import { Empty } from '@/ui/empty';
import { useFormat } from '@/ui/format';
import { ListActions } from '@/ui/list-actions';
import { Meter } from '@/ui/meter';
import { Moment } from '@/ui/moment';
import { PageHeader } from '@/ui/page-header';
import { PagedList } from '@/ui/paged-list';
import { TlpBadge } from '@/ui/tlp-badge';
import { OpenRed } from './open-red';
import { Places } from './places';

const idOf = (source: Source) => source.name;
const none: readonly Source[] = [];

const csv: readonly CsvColumn<Source>[] = [
  ['name', (source) => source.name],
  ['active', (source) => source.active],
  ['indicators', (source) => source.indicators],
  ['confidence', (source) => source.confidence],
  ['class', (source) => source.class],
  ['type', (source) => source.type],
  ['tlp', (source) => source.tlp],
  ['last_import', (source) => source.last_import],
];

/** Who tells what is bad, how much each lists, and when it last did. */
export function SourcesPage() {
  const { t } = useTranslation();
  const format = useFormat();
  const { data, error, isPending, refetch } = useSources();
  const sources = data ?? none;
  const hidden = useHiddenColumns('sources');
  const columns = useMemo<ColumnDef<Source>[]>(
    () => [
      { id: 'name', header: t('field.source'), meta: { narrow: 'title', fixed: true }, cell: ({ row }) => <Link to={paths.indicators({ source: row.original.name })}>{row.original.name}</Link> },
      { id: 'active', header: t('state.active_ones'), meta: { align: 'end' }, cell: ({ row }) => format.number(row.original.active) },
      { id: 'indicators', header: t('sources.listed'), meta: { align: 'end' }, cell: ({ row }) => format.number(row.original.indicators) },
      { id: 'confidence', header: t('field.confidence'), cell: ({ row }) => <Meter value={row.original.confidence} label={t('field.confidence')} /> },
      { id: 'class', header: t('field.class'), cell: ({ row }) => <Classification of={row.original} /> },
      { id: 'last', header: t('sources.last_import'), meta: { align: 'end' }, cell: ({ row }) => <Moment at={row.original.last_import} as="ago" /> },
      { id: 'tlp', header: t('field.tlp'), cell: ({ row }) => <TlpBadge tlp={row.original.tlp} readers={row.original.readers} /> },
    ],
    [t, format],
  );
  const add = (
    <Allowed to="indicators.import">
      <Button component={Link} to={paths.indicatorImport} leftSection={<IconUpload size={14} aria-hidden />}>
        {t('indicators.import')}
      </Button>
    </Allowed>
  );
  return (
    <>
      <PageHeader
        title={t('indicators.sources')}
        answer={data === undefined ? '\u00a0' : sources.length === 0 ? t('indicators.answer_none') : t('sources.answer', { count: sources.length, n: format.number(sources.length) })}
        actions={
          <>
            <OpenRed />
            <ListActions name="sources" columns={columns} csv={csv} rows={sources} />
            {add}
          </>
        }
      />
      <Places />
      <PagedList
        pages={{ rows: sources, error, isPending, refetch }}
        whenEmpty={
          <Empty icon={<IconFlag3 size={26} />} title={t('indicators.empty_title')} actions={add}>
            <p>{t('indicators.empty_text')}</p>
          </Empty>
        }
      >
        <DataTable label={t('indicators.sources')} columns={columns} rows={sources} id={idOf} hidden={hidden} />
      </PagedList>
    </>
  );
}
