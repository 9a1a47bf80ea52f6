import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { paths } from '@/contract/paths';
import type { EventDetail } from '@/contract/types';
import { Classification } from '@/ui/classification';
import { ContactList } from '@/ui/contact-list';
import { Facts } from '@/ui/facts';
import { useFormat } from '@/ui/format';
import { Moment } from '@/ui/moment';
import { writtenNetworkName } from '@/ui/network-name';
import { TlpBadge } from '@/ui/tlp-badge';
import { Severity } from './severity';

type Fields = EventDetail['fields'];

const written = (value: unknown): string => (typeof value === 'string' ? value : Array.isArray(value) ? value.map(written).join(', ') : JSON.stringify(value));

/** What no feed told: which table it was looked up in. */
function LookedUp({ name, decision }: { name: string; decision: EventDetail['decision'] }) {
  const { t } = useTranslation();
  if (decision === null || !decision.looked_up.includes(name)) return null;
  const kind = name.endsWith('.asn') ? 'as_table' : 'country_table';
  return <div className="k-faint">{t('event.looked_up', { table: t(`event.version_${kind}`), version: decision[kind] })}</div>;
}

/** Fields by their standard names, as they were told. */
function FieldList({ fields, decision, without = '' }: { fields: Fields; decision: EventDetail['decision']; without?: string }) {
  return (
    <Facts
      longNames
      items={Object.entries(fields).map(([name, value]) => [
        name.slice(without.length),
        <span key={name} className="k-event-value">
          {written(value)}
          <LookedUp name={name} decision={decision} />
        </span>,
      ])}
    />
  );
}

const groups = ['source', 'destination', 'what', 'extra'] as const;
type Group = (typeof groups)[number];

const groupOf = (name: string): Group => (name.startsWith('source.') ? 'source' : name.startsWith('destination.') ? 'destination' : name.startsWith('extra.') ? 'extra' : 'what');

/** All that was told or looked up, grouped: the ends, the happening, and what the feed tells beyond. */
export function FieldGroups({ detail: { fields, decision } }: { detail: EventDetail }) {
  const { t } = useTranslation();
  return groups.map((group) => {
    const own = Object.fromEntries(Object.entries(fields).filter(([name]) => groupOf(name) === group));
    if (Object.keys(own).length === 0) return null;
    return (
      <section key={group}>
        <h3 className="k-part-title">{t(`event.group_${group}`)}</h3>
        <FieldList fields={own} decision={decision} without={group === 'what' ? '' : `${group}.`} />
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
export function Owner({ detail: { event, organisation, networks, decision } }: { detail: EventDetail }) {
  const { t } = useTranslation();
  const format = useFormat();
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
      {event.network !== null && (
        <p>
          {t('event.why', { network: writtenNetworkName(event.network, format) })}
          {decision !== null && decision.by !== null && ` ${t('event.decided_by', { field: decision.by })}`}
        </p>
      )}
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

/** The versions of what decided, as one text. */
function versionsOf(decision: NonNullable<EventDetail['decision']>, t: TFunction): string {
  const told = [['registry', decision.registry], ['as_table', decision.as_table], ['country_table', decision.country_table]] as const;
  return told.flatMap(([name, version]) => (version === null ? [] : [`${t(`event.version_${name}`)} ${version}`])).join(' · ');
}

/** Who told it, in what, since when it is kept, and by which versions it was decided whose it is. */
export function Lineage({ detail: { event, created_at, part, decision } }: { detail: EventDetail }) {
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
        ...(decision === null ? [] : [[t('event.versions'), <span key="versions" className="k-event-value" translate="no">{versionsOf(decision, t)}</span>] as const]),
      ]}
    />
  );
}
