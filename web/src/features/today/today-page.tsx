import './today.css';
import { SegmentedControl, Skeleton } from '@mantine/core';
import { useState } from 'react';
import { Trans, useTranslation } from 'react-i18next';
import { useMay, useSession } from '@/contract/use-session';
import { Failure } from '@/ui/failure';
import { useFormat } from '@/ui/format';
import { PageHeader } from '@/ui/page-header';
import { useNow } from '@/ui/use-now';
import { useQueryState } from '@/ui/use-query-state';
import { spanOf, type Span } from '@/ui/window';
import { ConcernList } from './concern-list';
import type { Tone } from './concerns';
import { noteVisit } from './last-visit';
import { News } from './news';
import { useConcerns, useNews } from './use-today';

const names = ['since'] as const;

/** From the full hour in which the last visit ended, to now. */
const spanSince = (moment: string, now: Date): Span => ({ from: `${moment.slice(0, 13)}:00:00Z`, to: spanOf('6h', now).to });

/** What is wrong and due, and what came since. */
function TeamsDay({ before }: { before: string | null }) {
  const { t } = useTranslation();
  const format = useFormat();
  const may = useMay();
  const now = useNow();
  const [{ since }, change] = useQueryState(names);
  const lately = before === null || since === '24h';
  const span = lately ? spanOf('24h', now) : spanSince(before, now);
  const { concerns, settled, failed, retry, verified } = useConcerns();
  const { picture, error, retry: again, isNew } = useNews(span);
  const countOf = (...tones: readonly Tone[]) => concerns.filter(({ tone }) => tones.includes(tone)).length;
  const [wrong, due] = [countOf('bad', 'warn'), countOf('due')];
  const period = lately ? t('window.in_24h') : t('today.since', { when: format.brief(span.from, now) });
  const calm = verified?.holds === true ? t('today.calm_verified', { count: verified.entries, n: format.number(verified.entries) }) : t('today.calm');
  return (
    <>
      <PageHeader
        title={t('nav.today')}
        answer={
          settled ? (
            <>
              {failed !== null && wrong + due === 0 ? t('today.unknown') : wrong === 0 ? t('today.nothing_wrong') : t('today.wrong_count', { count: wrong })}{' '}
              {due > 0 && `${t('today.due_count', { count: due })} `}
              {picture !== undefined && (
                <Trans
                  i18nKey={picture.totals.sightings === 0 ? 'today.quiet' : 'today.news'}
                  values={{
                    period,
                    sightings: t('count.sightings', { count: picture.totals.sightings, n: format.number(picture.totals.sightings) }),
                    organisations: t('count.at_organisations', { count: picture.totals.organisations, n: format.number(picture.totals.organisations) }),
                  }}
                  components={{ b: <strong /> }}
                />
              )}
            </>
          ) : (
            <Skeleton component="span" display="inline-block" width="min(60ch, 100%)" height={14} />
          )
        }
        actions={
          before !== null &&
          may('picture.read') && (
            <SegmentedControl
              size="xs"
              aria-label={t('today.period')}
              value={lately ? '24h' : 'visit'}
              onChange={(next) => change({ since: next === 'visit' ? undefined : next })}
              data={[
                { value: 'visit', label: t('today.since_visit') },
                { value: '24h', label: t('window.short_24h') },
              ]}
            />
          )
        }
      />
      <div className="k-stack">
        {failed !== null && <Failure error={failed} retry={retry} />}
        <ConcernList concerns={concerns} settled={settled && failed === null} calm={calm} />
        {error !== null && picture === undefined && <Failure error={error} retry={again} />}
        {picture !== undefined && <News picture={picture} span={span} isNew={isNew} />}
      </div>
    </>
  );
}

/** The start of the team's day: what is wrong, what is due, what is new; to each role what is its own. */
export function TodayPage() {
  const session = useSession();
  const [before] = useState(() => (session === undefined ? null : noteVisit(session.user.id, new Date())));
  return <TeamsDay before={before} />;
}
