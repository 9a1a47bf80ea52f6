import { useQuery } from '@tanstack/react-query';
import { IconInbox } from '@tabler/icons-react';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { read } from '@/contract/client';
import type { Delivery, DeliveryPage, DeliveryTotals } from '@/contract/types';
import { Choice } from '@/ui/choice';
import { useHiddenColumns } from '@/ui/column-choice';
import { Empty } from '@/ui/empty';
import { useFormat } from '@/ui/format';
import { ListActions } from '@/ui/list-actions';
import { ListBeside } from '@/ui/list-beside';
import { PageHeader } from '@/ui/page-header';
import { SavedViews } from '@/ui/saved-views';
import { SearchField } from '@/ui/search-field';
import { useBeside } from '@/ui/use-beside';
import { usePages } from '@/ui/use-pages';
import { useQueryState } from '@/ui/use-query-state';
import { deliveriesCsv, deliveryColumns, hiddenBesidePanel, initiallyHidden } from './columns';
import { DeliveryPanel } from './delivery-panel';
import { Places } from './places';

const names = ['search', 'source', 'state', 'complete', 'set_aside', 'sort'] as const;
const queryNames = [...names, 'open'] as const;
type Filter = Partial<Record<(typeof names)[number], string>>;
const idOf = (delivery: Delivery) => delivery.id;

const useSourceNames = () => useQuery({ queryKey: ['/deliveries', 'sources'], queryFn: async ({ signal }) => (await read<{ items: { name: string }[] }>('/deliveries/sources', {}, signal)).items });

/** What a choice narrows the list to. */
const narrowings = {
  set_aside: { set_aside: 'true', state: undefined, complete: undefined },
  refused: { set_aside: undefined, state: 'refused', complete: undefined },
  broken_off: { set_aside: undefined, state: undefined, complete: 'false' },
  stored: { set_aside: undefined, state: 'stored', complete: undefined },
  read: { set_aside: undefined, state: 'read', complete: undefined },
} as const;
type Narrowing = keyof typeof narrowings;
const everything = { set_aside: undefined, state: undefined, complete: undefined };
const narrowingOf = (filter: Filter): Narrowing | undefined =>
  (Object.keys(narrowings) as Narrowing[]).find((name) => Object.entries(narrowings[name]).every(([field, value]) => filter[field as keyof Filter] === value));

function Tools({ filter, change }: { filter: Filter; change: (next: Filter, way?: { replace?: boolean }) => void }) {
  const { t } = useTranslation();
  const { data: sources } = useSourceNames();
  return (
    <div className="k-tools">
      <SearchField label={t('deliveries.search')} value={filter.search} onSearch={(search) => change({ search }, { replace: true })} />
      <Choice label={t('field.source')} every={t('deliveries.all_sources')} values={(sources ?? []).map(({ name }) => ({ value: name, label: name }))} value={filter.source} onChange={(source) => change({ source })} searchable />
      <Choice
        label={t('field.state')}
        every={t('deliveries.all_states')}
        values={(Object.keys(narrowings) as Narrowing[]).map((value) => ({ value, label: t(value === 'set_aside' ? 'deliveries.with_set_aside' : `delivery_state.${value}`) }))}
        value={narrowingOf(filter)}
        onChange={(next) => change(next === undefined ? everything : narrowings[next])}
      />
    </div>
  );
}

function useListAnswer(): (totals: DeliveryTotals | undefined) => string {
  const { t } = useTranslation();
  const format = useFormat();
  return (totals) => {
    if (totals === undefined) return '\u00a0';
    if (totals.deliveries === 0) return t('deliveries.answer_none');
    const all = t('count.deliveries', { count: totals.deliveries, n: format.number(totals.deliveries) });
    const failed = totals.failed === 0 ? t('deliveries.none_failed', { all }) : t('deliveries.failed', { count: totals.failed, n: format.number(totals.failed), all });
    const aside = totals.quarantined === 0 ? t('deliveries.none_aside') : t('deliveries.aside', { count: totals.quarantined, n: format.number(totals.quarantined) });
    const stored = totals.stored === 0 ? '' : ` ${t('deliveries.stored', { count: totals.stored, n: format.number(totals.stored) })}`;
    return `${failed} ${aside}${stored}`;
  };
}

/** What came from feeds and partners, and whether all of it was understood. */
export function DeliveriesPage() {
  const { t } = useTranslation();
  const format = useFormat();
  const answer = useListAnswer();
  const [{ open, ...filter }, change] = useQueryState(queryNames);
  const sort = filter.sort ?? '-received';
  const beside = useBeside({ open, change, id: idOf, chosen: useHiddenColumns('deliveries', initiallyHidden), giveWay: hiddenBesidePanel });
  const pages = usePages<Delivery, DeliveryPage>('/deliveries', { ...filter, sort });
  const columns = useMemo(() => deliveryColumns(t, format), [t, format]);
  const narrowed = names.some((name) => name !== 'sort' && filter[name] !== undefined);
  return (
    <>
      <PageHeader
        title={t('nav.deliveries')}
        answer={answer(pages.first?.totals)}
        actions={
          <>
            <SavedViews list="deliveries" />
            <ListActions name="deliveries" columns={columns} initially={initiallyHidden} csv={deliveriesCsv} rows={{ path: '/deliveries', query: { ...filter, sort } }} />
          </>
        }
      />
      <Places />
      <Tools filter={filter} change={(next, way) => change({ ...next, open: undefined }, way)} />
      <ListBeside
        label={t('nav.deliveries')}
        columns={columns}
        pages={pages}
        total={pages.first?.totals.deliveries}
        sort={sort}
        onSort={(next) => change({ sort: next })}
        beside={beside}
        panel={(id, close) => <DeliveryPanel key={id} id={id} onClose={close} />}
        whenEmpty={
          narrowed ? undefined : (
            <Empty icon={<IconInbox size={26} />} title={t('deliveries.empty_title')}>
              <p>{t('deliveries.empty_text')}</p>
            </Empty>
          )
        }
      />
    </>
  );
}
