import './indicators.css';
import { Button, CopyButton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { IconCheck, IconCopy, IconFlag3 } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'wouter';
import { read } from '@/contract/client';
import { paths } from '@/contract/paths';
import type { IndicatorDetail } from '@/contract/types';
import { Classification } from '@/ui/classification';
import { Facts } from '@/ui/facts';
import { Failure } from '@/ui/failure';
import { useFormat } from '@/ui/format';
import { Meter } from '@/ui/meter';
import { Moment } from '@/ui/moment';
import { PageHeader } from '@/ui/page-header';
import { Panel } from '@/ui/panel';
import { SightingsOf } from '@/ui/sightings-of';
import { SourceList } from '@/ui/source-list';
import { TableSkeleton } from '@/ui/table-skeleton';
import { TlpBadge } from '@/ui/tlp-badge';

function Organisations({ detail: { indicator, sightings } }: { detail: IndicatorDetail }) {
  const { t } = useTranslation();
  const format = useFormat();
  if (sightings.organisations.length === 0) return <p className="k-faint">{t('indicator.nowhere')}</p>;
  return (
    <ul className="k-seen-at">
      {sightings.organisations.map((entry) => (
        <li key={entry.key}>
          <Link to={paths.sightings({ indicator: indicator.value, organisation: entry.key, window: '30d' })}>
            <span>{entry.key === 'none' ? t('filter.no_organisation') : entry.label}</span>
            <span className="k-number">{t('count.flows', { count: entry.flows, n: format.number(entry.flows) })}</span>
          </Link>
        </li>
      ))}
    </ul>
  );
}

function Story({ detail }: { detail: IndicatorDetail }) {
  const { t } = useTranslation();
  const { indicator, sightings } = detail;
  return (
    <div className="k-columns">
      <div>
        {indicator.warning_lists.length > 0 && (
          <Panel title={t('indicator.warning_lists')} note={t('indicator.flagged_text')}>
            <Facts items={indicator.warning_lists.map((list) => [list.name, <span key={list.entry}>{t(`match.${list.kind}`)}: <span className="k-address">{list.entry}</span></span>] as const)} />
          </Panel>
        )}
        <SightingsOf filter={{ indicator: indicator.value, window: '7d' }} hide="indicator" />
        <Panel title={t('field.sources')}>
          <SourceList sources={indicator.sources} />
        </Panel>
      </div>
      <div>
        <Panel title={t('indicator.about')}>
          <Facts
            items={[
              [t('field.kind'), t(`kind.${indicator.kind}`)],
              [t('field.class'), <Classification key="class" of={indicator} />],
              [t('field.confidence'), <Meter key="confidence" value={indicator.confidence} label={t('field.confidence')} />],
              [t('field.first_listed'), <Moment key="first" at={indicator.first_listed} as="full" />],
              [t('field.last_listed'), <Moment key="last" at={indicator.last_listed} as="full" />],
              [t('field.valid_until'), indicator.valid_until === null ? t('source.no_end') : <Moment key="until" at={indicator.valid_until} as="full" />],
              [t('indicator.first_seen'), <Moment key="seen-first" at={sightings.first} as="full" />],
              [t('indicator.last_seen'), <Moment key="seen-last" at={sightings.last} as="full" />],
            ]}
          />
        </Panel>
        <Panel title={t('indicator.where')}>
          <Organisations detail={detail} />
        </Panel>
      </div>
    </div>
  );
}

/** One indicator: whether it was seen, who stands by it, and whether it may be a mistake. */
export function IndicatorPage() {
  const { t } = useTranslation();
  const format = useFormat();
  const { id } = useParams();
  const { data: detail, error, refetch } = useQuery({
    queryKey: ['indicator', id],
    queryFn: ({ signal }) => read<IndicatorDetail>(`/indicators/${encodeURIComponent(id ?? '')}`, {}, signal),
  });
  const above = (
    <Link to={paths.indicators()} className="k-back">
      <IconFlag3 size={15} aria-hidden /> {t('nav.indicators')}
    </Link>
  );
  if (detail === undefined) {
    return (
      <>
        <PageHeader title={t('field.indicator')} above={above} />
        {error === null ? <TableSkeleton rows={10} /> : <Failure error={error} retry={() => void refetch()} />}
      </>
    );
  }
  const { indicator, sightings } = detail;
  const { totals } = sightings;
  return (
    <>
      <PageHeader
        title={indicator.value}
        above={above}
        marks={
          <>
            <TlpBadge tlp={indicator.tlp} readers={indicator.readers} />
            <span className="k-mark" data-tone={indicator.active ? 'good' : undefined}>
              {t(indicator.active ? 'state.active' : 'state.inactive')}
            </span>
            {indicator.flagged && (
              <span className="k-mark" data-tone="warn">
                {t('indicator.flagged')}
              </span>
            )}
          </>
        }
        answer={
          totals.sightings === 0
            ? t('indicator.answer_none')
            : t('indicator.answer', { organisations: t('count.at_organisations', { count: totals.organisations, n: format.number(totals.organisations) }), flows: t('count.flows', { count: totals.flows, n: format.number(totals.flows) }), last: sightings.last === null ? '' : format.dayAndTime(sightings.last) })
        }
        actions={
          <CopyButton value={indicator.value}>
            {({ copied, copy }) => (
              <Button variant="default" leftSection={copied ? <IconCheck size={14} aria-hidden /> : <IconCopy size={14} aria-hidden />} onClick={copy}>
                {t(copied ? 'action.copied' : 'action.copy')}
              </Button>
            )}
          </CopyButton>
        }
      />
      <Story detail={detail} />
    </>
  );
}
