import './picture.css';
import { Skeleton } from '@mantine/core';
import { useMemo } from 'react';
import { Trans, useTranslation } from 'react-i18next';
import type { SightingFilter } from '@/contract/paths';
import type { Direction, Picture } from '@/contract/types';
import { useCollection } from '@/contract/use-collection';
import { useStatus } from '@/contract/use-status';
import { DirectionChoice } from '@/ui/direction-choice';
import { Failure } from '@/ui/failure';
import { useFormat } from '@/ui/format';
import { PageHeader } from '@/ui/page-header';
import { SectorChoice } from '@/ui/sector-choice';
import { useNow } from '@/ui/use-now';
import { useQueryState } from '@/ui/use-query-state';
import { isWindow, spanOf } from '@/ui/window';
import { WindowChoice } from '@/ui/window-choice';
import { FirstSteps } from './first-steps';
import { KeyFigures } from './key-figures';
import { Rankings } from './rankings';
import { SeriesPanel } from './series-panel';
import { useLivePicture, usePicture } from './use-picture';

const names = ['window', 'direction', 'sector'] as const;

/** Why nothing was seen: nothing is collected, nothing is matched, or there was nothing to see. */
function NothingSeen({ window }: { window: string }) {
  const { t } = useTranslation();
  const { data: status, isLoading: readingStatus } = useStatus();
  const { data: collection, isLoading: readingCollection } = useCollection();
  if (readingStatus || readingCollection) return '\u00a0';
  if (collection?.exporters.length === 0) return t('picture.answer_no_flows');
  if (status?.indicators.active === 0) return t('picture.answer_no_indicators');
  return t('picture.answer_none', { period: t(`window.in_${window}`) });
}

function Answer({ picture, window }: { picture: Picture; window: string }) {
  const { t } = useTranslation();
  const format = useFormat();
  const sum = (direction: Direction) => picture.series.reduce((total, point) => total + point[direction], 0);
  if (picture.totals.sightings === 0) return <NothingSeen window={window} />;
  const said = (key: string, count: number) => t(key, { count, n: format.number(count) });
  return (
    <Trans
      i18nKey="picture.answer"
      values={{
        period: t(`window.in_${window}`),
        organisations: said('count.at_organisations', picture.totals.organisations),
        out: said('picture.flows_out', sum('outbound')),
        in: said('picture.flows_in', sum('inbound')),
        indicators: said('count.with_indicators', picture.totals.indicators),
      }}
      components={{ b: <strong /> }}
    />
  );
}

const Waiting = () => (
  <div className="k-stack" aria-hidden>
    <Skeleton height={92} radius="md" />
    <Skeleton height={380} radius="md" />
    <Skeleton height={300} radius="md" />
  </div>
);

/** The country at a glance: who exchanged traffic with what is known to be bad, when, and how much. */
export function PicturePage() {
  const { t } = useTranslation();
  const now = useNow();
  const [query, change] = useQueryState(names);
  const window = isWindow(query.window) ? query.window : '24h';
  const direction = query.direction as Direction | undefined;
  const span = spanOf(window, now);
  const { data: picture, error, isPending, isPlaceholderData, refetch } = usePicture({ ...span, direction, sector: query.sector, top: 8 });
  const news = useLivePicture();
  const filter = useMemo<SightingFilter>(
    () => ({ window, ...(direction === undefined ? {} : { direction }), ...(query.sector === undefined ? {} : { sector: query.sector }) }),
    [window, direction, query.sector],
  );
  const empty = picture !== undefined && picture.totals.sightings === 0 && direction === undefined && query.sector === undefined;

  return (
    <>
      <PageHeader
        title={t('nav.picture')}
        answer={picture === undefined ? error !== null ? '\u00a0' : <Skeleton component="span" display="inline-block" width="min(60ch, 100%)" height={14} /> : <Answer picture={picture} window={window} />}
      />
      <div className="k-filters k-no-print">
        <WindowChoice value={window} onChange={(next) => change({ window: next === '24h' ? undefined : next })} />
        <div className="k-filter-select">
          <DirectionChoice value={direction} onChange={(next) => change({ direction: next })} />
        </div>
        <div className="k-filter-select">
          <SectorChoice value={query.sector} onChange={(next) => change({ sector: next })} />
        </div>
      </div>
      <p className="k-unseen" role="status">
        {news !== null && t('picture.news', { count: news.count })}
      </p>
      {error !== null && picture === undefined && <Failure error={error} retry={() => void refetch()} />}
      {isPending && <Waiting />}
      {picture !== undefined && (
        <div className="k-stack" data-stale={isPlaceholderData || undefined}>
          {error !== null && <Failure error={error} retry={() => void refetch()} />}
          {empty ? (
            <FirstSteps />
          ) : (
            <>
              <KeyFigures picture={picture} filter={filter} />
              <SeriesPanel picture={picture} filter={filter} />
              <Rankings picture={picture} filter={filter} />
            </>
          )}
        </div>
      )}
    </>
  );
}
