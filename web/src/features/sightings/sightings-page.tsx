import './sightings.css';
import { Button } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { IconDownload, IconEye, IconRefresh } from '@tabler/icons-react';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Sighting, SightingPage, Totals } from '@/contract/types';
import { useStream } from '@/contract/use-stream';
import { ColumnChoice, useHiddenColumns } from '@/ui/column-choice';
import { Empty } from '@/ui/empty';
import { Failure } from '@/ui/failure';
import { useFormat } from '@/ui/format';
import { ListBeside } from '@/ui/list-beside';
import { PageHeader } from '@/ui/page-header';
import { SavedViews } from '@/ui/saved-views';
import { useBeside } from '@/ui/use-beside';
import { useNow } from '@/ui/use-now';
import { usePages } from '@/ui/use-pages';
import { useQueryState } from '@/ui/use-query-state';
import { hiddenBesidePanel, initiallyHidden, sightingColumns } from './columns';
import { filterOf, queryNames, toContract, windowOf } from './filter';
import { FilterBar } from './filter-bar';
import { SightingPanel } from './sighting-panel';
import { useExport } from './use-export';

const idOf = (sighting: Sighting) => sighting.id;

function useAnswer() {
  const { t } = useTranslation();
  const format = useFormat();
  return (totals: Totals) => {
    const said = (key: string, count: number) => t(key, { count, n: format.number(count) });
    return t('sightings.answer', {
      sightings: said('count.sightings', totals.sightings),
      flows: said('count.flows', totals.flows),
      bytes: format.bytes(totals.bytes),
      organisations: said('count.organisations', totals.organisations),
      indicators: said('count.indicators', totals.indicators),
    });
  };
}

/** Every sighting of a window, narrowed, sorted, exported; one beside the list at a time. */
export function SightingsPage() {
  const { t } = useTranslation();
  const format = useFormat();
  const answer = useAnswer();
  const now = useNow();
  const client = useQueryClient();
  const [query, change] = useQueryState(queryNames);
  const { sort, open, ...rest } = query;
  const filter = filterOf(rest);
  const asked = toContract(filter, sort, now);
  const pages = usePages<Sighting, SightingPage>('/sightings', asked);
  const { rows, first } = pages;
  const exporting = useExport();
  const [waiting, setWaiting] = useState(0);
  const columns = useMemo(() => sightingColumns(t, format), [t, format]);
  const beside = useBeside({ open, change, id: idOf, chosen: useHiddenColumns('sightings', initiallyHidden), giveWay: hiddenBesidePanel });
  // News waits until it is asked for, so that nothing moves under the cursor.
  useStream({ sightings: (news) => windowOf(filter) !== null && setWaiting((count) => count + news.count) });
  const renew = () => {
    setWaiting(0);
    void client.resetQueries({ queryKey: ['/sightings'] });
  };

  return (
    <>
      <PageHeader
        title={t('nav.sightings')}
        answer={first === undefined ? '\u00a0' : first.totals.sightings === 0 ? t('sightings.none_here') : answer(first.totals)}
        actions={
          <>
            {waiting > 0 && (
              <Button variant="light" leftSection={<IconRefresh size={14} aria-hidden />} onClick={renew}>
                {t('sightings.news', { count: waiting, n: format.number(waiting) })}
              </Button>
            )}
            <SavedViews list="sightings" />
            <ColumnChoice table="sightings" columns={columns} initially={initiallyHidden} />
            <Button variant="default" disabled={rows.length === 0} loading={exporting.isPending} leftSection={<IconDownload size={14} aria-hidden />} onClick={() => exporting.mutate(asked)}>
              {t('action.export')}
            </Button>
          </>
        }
      />
      <FilterBar filter={filter} change={(next) => change({ ...next, open: undefined })} />
      {exporting.error !== null && <Failure error={exporting.error} retry={() => exporting.mutate(asked)} />}
      {exporting.data !== undefined && exporting.data.rows < exporting.data.all && (
        <p className="k-warning" role="status">
          {t('sightings.export_cut', { n: format.number(exporting.data.rows), all: format.number(exporting.data.all) })}
        </p>
      )}
      <ListBeside
        label={t('nav.sightings')}
        columns={columns}
        pages={pages}
        total={first?.totals.sightings}
        sort={sort ?? '-last'}
        onSort={(next) => change({ sort: next })}
        beside={beside}
        panel={(id, close) => <SightingPanel id={id} onClose={close} />}
        whenEmpty={
          <Empty icon={<IconEye size={26} />} title={t('sightings.empty_title')} actions={<Button variant="default" onClick={() => change({ ...Object.fromEntries(queryNames.map((name) => [name, undefined])), window: '30d' })}>{t('sightings.widen')}</Button>}>
            <p>{t('sightings.empty_text')}</p>
          </Empty>
        }
      />
    </>
  );
}
