import './seen.css';
import { IconEye } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Link, useSearch } from 'wouter';
import { paths } from '@/contract/paths';
import type { Event, Incident, Indicator, NetworkClaim, Report, Sighting } from '@/contract/types';
import { Classification } from '@/ui/classification';
import { Empty } from '@/ui/empty';
import { IncidentName } from '@/ui/incident-name';
import { Moment } from '@/ui/moment';
import { PageHeader } from '@/ui/page-header';
import { spanOf } from '@/ui/window';
import { useNow } from '@/ui/use-now';
import { Place } from './place';
import { eventsWith, isListed, sightingsOf, soughtIn, type Sought } from './places';

const owner = ({ organisations, value }: NetworkClaim) => (
  <>
    {organisations.map(({ id, name }) => (
      <Link key={id} to={paths.organisation(id)} translate="no">
        {name}
      </Link>
    ))}
    <span className="k-cell-two">{value}</span>
  </>
);

const incident = (found: Incident) => (
  <>
    <IncidentName of={found} />
    <span className="k-cell-two">
      <Moment at={found.changed_at} as="ago" />
    </span>
  </>
);

const report = ({ id, subject, excerpt, language, received_at: at }: Report) => (
  <>
    <Link to={paths.report(id)} lang={language ?? ''} translate="no">
      {subject ?? excerpt.split('\n', 1)[0]}
    </Link>
    <span className="k-cell-two">
      <Moment at={at} as="ago" />
    </span>
  </>
);

const event = (found: Event) => (
  <>
    <Link to={paths.event(found.id)}>
      <Classification of={found} />
    </Link>{' '}
    <span translate="no">{found.organisation?.name}</span>
    <span className="k-cell-two">
      <Moment at={found.time} as="ago" />
    </span>
  </>
);

const sighting = ({ id, last, national_address: national, foreign_address: foreign, organisation }: Sighting) => (
  <>
    <Link className="k-address" to={paths.sighting(id)}>
      {national ?? '–'} ↔ {foreign ?? '–'}
    </Link>{' '}
    <span translate="no">{organisation?.name}</span>
    <span className="k-cell-two">
      <Moment at={last} as="ago" />
    </span>
  </>
);

const indicator = ({ id, value }: Indicator) => (
  <Link className="k-address" to={paths.indicator(id)}>
    {value}
  </Link>
);

function Places({ sought }: { sought: Sought }) {
  const { t } = useTranslation();
  const now = useNow();
  const { kind, value } = sought;
  const events = eventsWith(sought);
  const sightings = sightingsOf(sought);
  const { window: _, ...ofEvents } = events;
  const { window: __, ...ofSightings } = sightings;
  return (
    <div className="k-seen">
      {(kind === 'address' || kind === 'domain') && <Place title={t('seen.whose')} needs="organisations.read" asks="/networks" query={kind === 'address' ? { address: value } : { search: value }} line={owner} of={({ value: network }: NetworkClaim) => network} />}
      <Place title={t('nav.incidents')} needs="incidents.read" asks="/incidents" query={{ observable: value, merged: true }} all={paths.incidents({ observable: value, merged: 'true' })} line={incident} of={({ id }: Incident) => id} />
      <Place title={t('seen.reports')} needs="incidents.read" asks="/reports" query={{ observable: value }} all={paths.triage({ observable: value, state: 'all' })} line={report} of={({ id }: Report) => id} />
      <Place title={t('nav.events')} needs="events.read" asks="/events" query={ofEvents} all={paths.events(events)} line={event} of={({ id }: Event) => id} />
      <Place title={t('nav.sightings')} note={t('window.in_30d')} needs="sightings.read" asks="/sightings" query={{ ...ofSightings, ...spanOf('30d', now) }} all={paths.sightings(sightings)} line={sighting} of={({ id }: Sighting) => id} />
      {isListed(sought) && <Place title={t('nav.indicators')} needs="indicators.read" asks="/indicators" query={{ search: value }} all={paths.indicators({ search: value })} line={indicator} of={({ id }: Indicator) => id} />}
    </div>
  );
}

/** "Who else saw this?": an observable in all that the team knows, as far as the person may read it. */
export function SeenPage() {
  const { t } = useTranslation();
  const sought = soughtIn(useSearch());
  if (sought === undefined) {
    return (
      <>
        <PageHeader title={t('seen.ask')} />
        <Empty icon={<IconEye size={28} />} title={t('seen.nothing_asked')}>{t('seen.nothing_asked_text')}</Empty>
      </>
    );
  }
  return (
    <>
      <PageHeader title={sought.value} written="" above={t(`kind.${sought.kind}`)} answer={t('seen.answer')} />
      <Places key={`${sought.kind} ${sought.value}`} sought={sought} />
    </>
  );
}
