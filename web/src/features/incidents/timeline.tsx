import { useTranslation } from 'react-i18next';
import type { Incident, IncidentEntry } from '@/contract/types';
import { Allowed } from '@/ui/allowed';
import { Failure } from '@/ui/failure';
import { useFormat } from '@/ui/format';
import { LoadMore } from '@/ui/load-more';
import { Panel } from '@/ui/panel';
import { TableSkeleton } from '@/ui/table-skeleton';
import { Composer } from './composer';
import { daysOf } from './days';
import { Entry } from './entry';
import { useTimeline } from './use-incidents';

/** Entries by days, the newest first. */
export function Entries({ entries, of }: { entries: readonly IncidentEntry[]; of: string }) {
  const format = useFormat();
  return daysOf(entries, format.day).map(({ name, entries: those }) => (
    <section key={`${name} ${those[0]?.id ?? ''}`} className="k-entries">
      <h3 className="k-part-title">{name}</h3>
      <ol>
        {those.map((entry) => (
          <Entry key={entry.id} entry={entry} of={of} />
        ))}
      </ol>
    </section>
  ));
}

/** All that happened, was done and was said, in one line; and where one writes into it. */
export function Timeline({ incident }: { incident: Incident }) {
  const { t } = useTranslation();
  const { rows, error, isPending, hasNextPage, isFetchingNextPage, fetchNextPage, refetch } = useTimeline(incident.id);
  return (
    <Panel title={t('incidents.timeline')} note={t('incidents.newest_first')}>
      {incident.merged_into === null && (
        <Allowed to="incidents.manage">
          <Composer incident={incident.id} />
        </Allowed>
      )}
      {error !== null && <Failure error={error} retry={() => void refetch()} />}
      {isPending && <TableSkeleton rows={6} />}
      <Entries entries={rows} of={incident.id} />
      {hasNextPage && <LoadMore shown={rows.length} total={undefined} more loading={isFetchingNextPage} onMore={() => void fetchNextPage()} />}
    </Panel>
  );
}
