import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { paths } from '@/contract/paths';
import type { EventDetail } from '@/contract/types';
import { Classification } from '@/ui/classification';
import { ContactList } from '@/ui/contact-list';
import { Facts } from '@/ui/facts';
import { Moment } from '@/ui/moment';
import { TlpBadge } from '@/ui/tlp-badge';
import { Severity } from './severity';

type Fields = EventDetail['fields'];

const written = (value: unknown): string => (typeof value === 'string' ? value : Array.isArray(value) ? value.map(written).join(', ') : JSON.stringify(value));

/** Fields by their standard names, as they were told. */
function FieldList({ fields, without = '' }: { fields: Fields; without?: string }) {
  return <Facts longNames items={Object.entries(fields).map(([name, value]) => [name.slice(without.length), <span key={name} className="k-event-value">{written(value)}</span>])} />;
}

const groups = ['source', 'destination', 'what', 'extra'] as const;
type Group = (typeof groups)[number];

const groupOf = (name: string): Group => (name.startsWith('source.') ? 'source' : name.startsWith('destination.') ? 'destination' : name.startsWith('extra.') ? 'extra' : 'what');

/** All that was told, grouped: the ends, the happening, and what the feed tells beyond. */
export function FieldGroups({ fields }: { fields: Fields }) {
  const { t } = useTranslation();
  return groups.map((group) => {
    const own = Object.fromEntries(Object.entries(fields).filter(([name]) => groupOf(name) === group));
    if (Object.keys(own).length === 0) return null;
    return (
      <section key={group}>
        <h3 className="k-part-title">{t(`event.group_${group}`)}</h3>
        <FieldList fields={own} without={group === 'what' ? '' : `${group}.`} />
      </section>
    );
  });
}

/** What happened, and when. */
export function What({ detail: { event } }: { detail: EventDetail }) {
  const { t } = useTranslation();
  return (
    <Facts
      items={[
        [t('field.type'), <Classification key="type" of={event} />],
        [t('field.class'), <Classification key="class" of={{ class: event.class, type: null }} />],
        [t('field.time'), <Moment key="time" at={event.time} as="full" />],
        ...(event.identifier === null ? [] : [[t('event.by_identifier'), event.identifier] as const]),
        ...(event.severity === null ? [] : [[t('event.severity'), <Severity key="severity" value={event.severity} />] as const]),
        ...(event.malware === null ? [] : [[t('event.malware'), event.malware] as const]),
      ]}
    />
  );
}

/** Whose it is, why, and whom to tell. */
export function Owner({ detail: { event, organisation, networks } }: { detail: EventDetail }) {
  const { t } = useTranslation();
  if (event.organisation === null) return <p>{t('event.nobodys')}</p>;
  const disputed = networks.filter(({ conflict }) => conflict);
  return (
    <>
      <div className="k-part-head">
        <Link className="k-part-name" to={paths.organisation(event.organisation.id)}>
          {event.organisation.name}
        </Link>
        {organisation !== null && <TlpBadge tlp={organisation.tlp} />}
      </div>
      {event.network !== null && <p>{t('event.why', { network: event.network })}</p>}
      {disputed.map((claim) => (
        <p key={claim.value} className="k-warning">
          {t('sighting.claimed', { network: claim.value, organisations: claim.organisations.map(({ name }) => name).join(', ') })}
        </p>
      ))}
      {organisation !== null && (
        <>
          <h3 className="k-part-title">{t('organisation.contacts')}</h3>
          <ContactList contacts={organisation.contacts} />
        </>
      )}
    </>
  );
}

/** Who told it, in what, and since when it is kept. */
export function Lineage({ detail: { event, created_at, part } }: { detail: EventDetail }) {
  const { t } = useTranslation();
  return (
    <Facts
      items={[
        ...(event.feed === null ? [] : [[t('event.feed'), <Link key="feed" to={paths.events({ feed: event.feed, window: 'all' })}>{event.feed}</Link>] as const]),
        ...(event.delivery === null
          ? []
          : [
              [t('event.by_delivery'), <Link key="delivery" className="k-address" to={paths.events({ delivery: event.delivery, ...(event.feed === null ? {} : { feed: event.feed }), window: 'all' })}>{event.delivery}</Link>] as const,
              [t('event.row'), <span key="row" className="k-number">{part === null || part === 0 ? event.row : `${event.row}.${part}`}</span>] as const,
            ]),
        [t('event.observed'), <Moment key="observed" at={event.observed} as="full" />],
        [t('event.kept'), <Moment key="kept" at={created_at} as="full" />],
      ]}
    />
  );
}
