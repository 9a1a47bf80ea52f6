import { Button } from '@mantine/core';
import { IconPlus, IconRss } from '@tabler/icons-react';
import type { ColumnDef } from '@tanstack/react-table';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { paths } from '@/contract/paths';
import type { Feed } from '@/contract/types';
import { Allowed } from '@/ui/allowed';
import { useHiddenColumns } from '@/ui/column-choice';
import type { CsvColumn } from '@/ui/csv';
import { DataTable } from '@/ui/data-table';
import { Empty } from '@/ui/empty';
import { useFormat } from '@/ui/format';
import { ListActions } from '@/ui/list-actions';
import { Moment } from '@/ui/moment';
import { PageHeader } from '@/ui/page-header';
import { PagedList } from '@/ui/paged-list';
import { answerOf, Fault, HealthMark, worstFirst } from './health';
import { spanText } from './spans';
import { useFeeds } from './use-feeds';

const idOf = (feed: Feed) => feed.id;
const none: readonly Feed[] = [];

const csv: readonly CsvColumn<Feed>[] = [
  ['name', (feed) => feed.name],
  ['title', (feed) => feed.title],
  ['kind', (feed) => feed.kind],
  ['source', (feed) => feed.source],
  ['health', (feed) => feed.health],
  ['delivered_at', (feed) => feed.delivered_at],
  ['succeeded_at', (feed) => feed.succeeded_at],
  ['next_due', (feed) => feed.next_due],
  ['failures', (feed) => feed.failures],
  ['fault', (feed) => feed.fault],
  ['delivery_fault', (feed) => feed.delivery_fault],
];

/** Where deliveries come from, and which of it is not as it should be. */
export function FeedsPage() {
  const { t } = useTranslation();
  const format = useFormat();
  const { data, error, isPending, refetch } = useFeeds();
  const feeds = useMemo(() => worstFirst(data?.items ?? none), [data]);
  const hidden = useHiddenColumns('feeds');
  const columns = useMemo<ColumnDef<Feed>[]>(
    () => [
      {
        id: 'name',
        header: t('feeds.feed'),
        meta: { narrow: 'title', fixed: true },
        cell: ({ row: { original } }) => (
          <>
            <Link to={paths.feed(original.id)}>{original.title}</Link>
            <span className="k-cell-two" translate="no">{original.name}</span>
          </>
        ),
      },
      {
        id: 'health',
        header: t('field.state'),
        cell: ({ row: { original } }) => (
          <>
            <HealthMark health={original.health} />
            <span className="k-cell-two">
              <Fault feed={original} />
            </span>
          </>
        ),
      },
      {
        id: 'kind',
        header: t('feeds.how'),
        cell: ({ row: { original } }) => (
          <>
            {t(`feed_kind.${original.kind}`)}
            {original.kind !== 'push' && <span className="k-cell-two">{t('feeds.every', { span: spanText(original.period, t) })}</span>}
          </>
        ),
      },
      {
        id: 'delivered',
        header: t('feeds.delivered'),
        meta: { align: 'end' },
        cell: ({ row: { original } }) => (
          <>
            <Moment at={original.delivered_at} as="ago" absent={t('feeds.not_yet')} />
            {original.expected !== null && <span className="k-cell-two">{t('feeds.expected_within', { span: spanText(original.expected, t) })}</span>}
          </>
        ),
      },
      { id: 'next', header: t('feeds.next'), meta: { align: 'end' }, cell: ({ row: { original } }) => (original.running ? t('feeds.running') : <Moment at={original.next_due} />) },
    ],
    [t],
  );
  const add = (
    <Allowed to="feeds.manage">
      <Button component={Link} to={paths.feedNew} leftSection={<IconPlus size={14} aria-hidden />}>
        {t('feeds.add')}
      </Button>
    </Allowed>
  );
  return (
    <>
      <PageHeader
        title={t('nav.feeds')}
        answer={data === undefined ? '\u00a0' : answerOf(data, t, format)}
        actions={
          <>
            <ListActions name="feeds" columns={columns} csv={csv} rows={feeds} />
            {add}
          </>
        }
      />
      <PagedList
        pages={{ rows: feeds, error, isPending, refetch }}
        whenEmpty={
          <Empty icon={<IconRss size={26} />} title={t('feeds.empty_title')} actions={add}>
            <p>{t('feeds.empty_text')}</p>
          </Empty>
        }
      >
        <DataTable label={t('nav.feeds')} columns={columns} rows={feeds} id={idOf} hidden={hidden} />
      </PagedList>
    </>
  );
}
