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
import { noteVisit } from './last-visit';
import { News } from './news';
import { NothingFound, OwnFindings } from './own-organisation';
import { useConcerns, useNews, useOwnSightings } from './use-today';

const names = ['since'] as const;

/** From the full hour in which the last visit ended, to now. */
const spanSince = (moment: string, now: Date): Span => ({ from: `${moment.slice(0, 13)}:00:00Z`, to: spanOf('6h', now).to });

/** How the day begins: what is wrong and due, what came since. */
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
  const wrong = concerns.filter(({ tone }) => tone !== 'due').length;
  const due = concerns.length - wrong;
  const period = lately ? t('window.in_24h') : t('today.since', { when: format.brief(span.from, now) });
  const calm = verified?.holds === true ? t('today.calm_verified', { count: verified.entries, n: format.number(verified.entries) }) : t('today.calm');
  return (
    <>
      <PageHeader
        title={t('nav.today')}
        answer={
          settled ? (
            <>
              {failed !== null && concerns.length === 0 ? t('today.unknown') : wrong === 0 ? t('today.nothing_wrong') : t('today.wrong_count', { count: wrong })}{' '}
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

/** What those see who look after one organisation only. */
function OrganisationsDay() {
  const { t } = useTranslation();
  const format = useFormat();
  const now = useNow();
  const span = spanOf('7d', now);
  const outbound = useOwnSightings(span, 'outbound');
  const inbound = useOwnSightings(span, 'inbound');
  const [out, into] = [outbound.data, inbound.data];
  const error = outbound.error ?? inbound.error;
  const said = (key: string, count: number) => t(key, { count, n: format.number(count) });
  const total = (out?.totals.sightings ?? 0) + (into?.totals.sightings ?? 0);
  return (
    <>
      <PageHeader
        title={t('nav.today')}
        answer={
          out === undefined || into === undefined ? (
            '\u00a0'
          ) : total === 0 ? (
            t('today.own_none')
          ) : (
            <Trans i18nKey="today.own_found" values={{ out: said('count.sightings', out.totals.sightings), into: said('count.sightings', into.totals.sightings) }} components={{ b: <strong /> }} />
          )
        }
      />
      <div className="k-stack">
        {error !== null && <Failure error={error} retry={() => [outbound, inbound].forEach(({ refetch }) => void refetch())} />}
        {out !== undefined && into !== undefined && total === 0 && <NothingFound />}
        {out !== undefined && <OwnFindings found={out} span={span} direction="outbound" />}
        {into !== undefined && <OwnFindings found={into} span={span} direction="inbound" />}
      </div>
    </>
  );
}

/** The start of the day: what is wrong, what is due, what is new; to each role what is its own. */
export function TodayPage() {
  const session = useSession();
  const may = useMay();
  const [before] = useState(() => (session === undefined ? null : noteVisit(session.user.id, new Date())));
  return may('sightings.read') && !may('picture.read') ? <OrganisationsDay /> : <TeamsDay before={before} />;
}
