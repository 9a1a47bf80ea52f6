import './events.css';
import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { IconBolt } from '@tabler/icons-react';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { read } from '@/contract/client';
import type { EventFilter } from '@/contract/paths';
import type { Event, EventPage, EventSummary } from '@/contract/types';
import { useSession } from '@/contract/use-session';
import { useHiddenColumns } from '@/ui/column-choice';
import { useClassification } from '@/ui/classification';
import { Empty } from '@/ui/empty';
import { useFormat } from '@/ui/format';
import { ListActions } from '@/ui/list-actions';
import { ListBeside } from '@/ui/list-beside';
import { PageHeader } from '@/ui/page-header';
import { SavedViews } from '@/ui/saved-views';
import { useBeside } from '@/ui/use-beside';
import { useNow } from '@/ui/use-now';
import { usePages } from '@/ui/use-pages';
import { useQueryState } from '@/ui/use-query-state';
import { eventColumns, hiddenBesidePanel, initiallyHidden } from './columns';
import { EventPanel } from './event-panel';
import { eventsCsv } from './export';
import { Facets } from './facets';
import { filterNames, queryNames, toContract, windowOf } from './filter';
import { FilterBar } from './filter-bar';

const idOf = (event: Event) => event.id;

/** The sentence that a person came for: how many, since when, and of what most. */
function useAnswer() {
  const { t } = useTranslation();
  const format = useFormat();
  const classified = useClassification();
  return (summary: EventSummary, filter: EventFilter) => {
    const { total, more, facets } = summary;
    if (total === 0) return t(more ? 'events.none_yet' : 'events.none_here');
    const window = windowOf(filter);
    const period = window === null || window === 'all' ? t(window === null ? 'events.in_this_time' : 'events.in_all') : t(`window.in_${window}`);
    const events = t(more ? 'events.more_than' : 'count.events', { count: total, n: format.number(total) });
    const type = facets.types[0];
    return type === undefined ? t('events.answer', { events, period }) : t('events.answer_most', { events, period, type: classified(null, type.key) });
  };
}

/** Every event that is kept, found, summed, exported; one beside the list at a time. */
export function EventsPage() {
  const { t } = useTranslation();
  const format = useFormat();
  const answer = useAnswer();
  const now = useNow();
  const team = (useSession()?.user.organisation ?? null) === null;
  const [query, change] = useQueryState(queryNames);
  const { sort, open, ...filter } = query;
  const asked = toContract(filter, now);
  const listed = { ...asked, sort: sort ?? '-time' };
  const pages = usePages<Event, EventPage>('/events', listed);
  const { data: summary } = useQuery({ queryKey: ['/events/summary', asked], queryFn: ({ signal }) => read<EventSummary>('/events/summary', asked, signal) });
  const columns = useMemo(() => eventColumns(t, format, team), [t, format, team]);
  const beside = useBeside({ open, change, id: idOf, chosen: useHiddenColumns('events', initiallyHidden), giveWay: hiddenBesidePanel });
  const lookedTo = pages.data?.pages.at(-1)?.looked_to ?? null;
  return (
    <>
      <PageHeader
        title={t('nav.events')}
        answer={summary === undefined ? '\u00a0' : answer(summary, filter)}
        actions={
          <>
            <SavedViews list="events" />
            <ListActions name="events" csv={eventsCsv} columns={columns} initially={initiallyHidden} rows={{ path: '/events', query: listed }} />
          </>
        }
      />
      <FilterBar filter={filter} change={(next) => change({ ...next, open: undefined })} team={team} />
      {summary !== undefined && open === undefined && <Facets summary={summary} filter={filter} />}
      {lookedTo !== null && (
        <p className="k-warning" role="status">
          {t('events.looked_to', { time: format.dayAndTime(lookedTo) })}
        </p>
      )}
      <ListBeside
        label={t('nav.events')}
        columns={columns}
        pages={pages}
        total={summary === undefined || summary.more ? undefined : summary.total}
        sort={sort ?? '-time'}
        onSort={(next) => change({ sort: next })}
        beside={beside}
        panel={(id, close) => <EventPanel id={id} onClose={close} />}
        whenEmpty={
          <Empty
            icon={<IconBolt size={26} />}
            title={t(lookedTo === null ? 'events.empty_title' : 'events.none_yet')}
            actions={
              lookedTo === null ? (
                <Button variant="default" onClick={() => change({ ...Object.fromEntries(filterNames.map((name) => [name, undefined])), window: 'all' })}>
                  {t('events.widen')}
                </Button>
              ) : (
                <Button variant="default" loading={pages.isFetchingNextPage} onClick={() => void pages.fetchNextPage()}>
                  {t('events.look_further')}
                </Button>
              )
            }
          >
            <p>{t('events.empty_text')}</p>
          </Empty>
        }
      />
    </>
  );
}
