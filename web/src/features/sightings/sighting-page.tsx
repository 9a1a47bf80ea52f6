import './sightings.css';
import { Button } from '@mantine/core';
import { IconEye, IconPrinter } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'wouter';
import { paths } from '@/contract/paths';
import type { SightingDetail } from '@/contract/types';
import { AwaitedPage } from '@/ui/awaited-page';
import { BackLink } from '@/ui/back-link';
import { DirectionMark } from '@/ui/direction-mark';
import { useFormat } from '@/ui/format';
import { PageHeader } from '@/ui/page-header';
import { Panel } from '@/ui/panel';
import { TlpBadge } from '@/ui/tlp-badge';
import { Ends } from './ends';
import { HoursChart } from './hours-chart';
import { Amounts, IndicatorPart, OwnerPart } from './sighting-story';
import { useSighting } from './use-sighting';

function Related({ detail: { sighting, related } }: { detail: SightingDetail }) {
  const { t } = useTranslation();
  const format = useFormat();
  const lines = [
    { key: 'sighting.same_indicator', count: related.same_indicator, to: paths.sightings({ indicator: sighting.indicator.value, window: '30d' }) },
    ...(sighting.organisation === null ? [] : [{ key: 'sighting.same_organisation', count: related.same_organisation, to: paths.sightings({ organisation: sighting.organisation.id, window: '30d' }) }]),
    ...(sighting.national_address === null ? [] : [{ key: 'sighting.same_address', count: related.same_national_address, to: paths.sightings({ national_address: sighting.national_address, window: '30d' }) }]),
  ];
  return (
    <ul className="k-ways">
      {lines.map(({ key, count, to }) => (
        <li key={key}>
          <Link to={to}>
            <span>{t(key)}</span>
            <strong className="k-number">{format.number(count)}</strong>
          </Link>
        </li>
      ))}
    </ul>
  );
}

function Story({ detail }: { detail: SightingDetail }) {
  const { t } = useTranslation();
  const { sighting, hours } = detail;
  return (
    <div className="k-columns">
      <div>
        <Panel title={t('sighting.ends')}>
          <Ends sighting={sighting} />
        </Panel>
        <Panel title={t('sighting.hours')} note={t('sighting.hours_note', { count: hours.length })}>
          <HoursChart hours={hours} present={sighting.hour} direction={sighting.direction} />
        </Panel>
        <Panel title={t('field.indicator')}>
          <IndicatorPart detail={detail} />
        </Panel>
      </div>
      <div>
        <Panel title={t('field.organisation')}>
          <OwnerPart detail={detail} />
        </Panel>
        <Panel title={t('sighting.amounts')}>
          <Amounts detail={detail} />
        </Panel>
        <Panel title={t('sighting.related')}>
          <Related detail={detail} />
        </Panel>
      </div>
    </div>
  );
}

/** One sighting, with everything needed to act on it. */
export function SightingPage() {
  const { t } = useTranslation();
  const format = useFormat();
  const { id } = useParams();
  const { data: detail, error, refetch } = useSighting(id);
  const above = <BackLink to={paths.sightings()} icon={IconEye}>{t('nav.sightings')}</BackLink>;
  if (detail === undefined) return <AwaitedPage title={t('sighting.title')} above={above} asked={{ error, refetch }} />;
  const { sighting } = detail;
  const who = sighting.organisation?.name ?? sighting.national_address ?? sighting.peer;
  return (
    <>
      <PageHeader
        title={sighting.matched}
        above={above}
        marks={
          <>
            <DirectionMark direction={sighting.direction} />
            <TlpBadge tlp={sighting.tlp} readers={sighting.readers} />
          </>
        }
        answer={t(`sighting.answer_${sighting.direction}`, {
          who,
          indicator: sighting.matched,
          flows: t('count.flows', { count: sighting.flows, n: format.number(sighting.flows) }),
          when: format.span(sighting.first, sighting.last),
        })}
        actions={
          <Button variant="default" leftSection={<IconPrinter size={15} aria-hidden />} onClick={() => window.print()}>
            {t('action.print')}
          </Button>
        }
      />
      <Story detail={detail} />
    </>
  );
}
