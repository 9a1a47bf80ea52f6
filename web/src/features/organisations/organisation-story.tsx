import { IconAlertTriangle, IconExternalLink } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { paths } from '@/contract/paths';
import type { Network, NetworkClaim, Organisation } from '@/contract/types';
import { labelOf, useSectors } from '@/contract/use-sectors';
import { Facts } from '@/ui/facts';
import { useFormat } from '@/ui/format';
import { Moment } from '@/ui/moment';
import { networkName } from '@/ui/network-name';
import { PapBadge } from '@/ui/tlp-badge';

const tones = { essential: 'bad', important: 'warn', none: undefined } as const;

/** What was seen there of late, in a sentence. */
export function useAnswer(): (organisation: Organisation) => string {
  const { t } = useTranslation();
  const format = useFormat();
  return ({ sightings_24h: sightings, flows_24h: flows }) =>
    sightings === 0
      ? t('organisation.answer_none')
      : t('organisation.answer', { sightings: t('count.sightings', { count: sightings, n: format.number(sightings) }), flows: t('count.flows', { count: flows, n: format.number(flows) }) });
}

/** Who else claims a network of it. */
const othersClaiming = (network: Network, { id, conflicts }: Organisation) =>
  conflicts.find(({ kind, value }) => kind === network.kind && value === network.value)?.organisations.filter((claimant) => claimant.id !== id) ?? [];

function Claim({ others }: { others: NetworkClaim['organisations'] }) {
  const { t } = useTranslation();
  if (others.length === 0) return null;
  return (
    <span className="k-claim">
      <IconAlertTriangle size={14} aria-hidden />
      {t('organisation.also_claimed')}{' '}
      {others.map((other, index) => (
        <span key={other.id}>
          {index > 0 && ', '}
          <Link to={paths.organisation(other.id)}>{other.name}</Link>
        </span>
      ))}
    </span>
  );
}

/** What is its own and who else claims it, the contested first; where there is little room, not all of them. */
export function Networks({ organisation, most = Infinity }: { organisation: Organisation; most?: number }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { id, networks } = organisation;
  if (networks.length === 0) return <p className="k-faint">{t('organisation.no_networks')}</p>;
  const claimed = networks.map((network) => ({ network, others: othersClaiming(network, organisation) }));
  const contestedFirst = [...claimed.filter(({ others }) => others.length > 0), ...claimed.filter(({ others }) => others.length === 0)];
  const left = networks.length - most;
  return (
    <>
      <ul className="k-networks">
        {contestedFirst.slice(0, most).map(({ network, others }) => (
          <li key={network.kind + network.value}>
            <span className="k-mark">{t(`network.${network.kind}`)}</span>
            {network.kind === 'prefix' ? (
              <Link className="k-address" to={paths.sightings({ national_address: network.value, window: '30d' })}>
                {network.value}
              </Link>
            ) : (
              <span className={network.kind === 'country' ? undefined : 'k-address'}>{networkName(network, format)}</span>
            )}
            <Claim others={others} />
          </li>
        ))}
      </ul>
      {left > 0 && <Link to={paths.organisation(id)}>{t('organisation.networks_more', { count: left, n: format.number(left) })}</Link>}
    </>
  );
}

/** What it is under NIS2, and why. */
function Standing({ organisation: { entity_class: standing, entity_class_reason: reason } }: { organisation: Organisation }) {
  const { t } = useTranslation();
  if (standing === null) return <span className="k-faint">{t('entity_class.undecided')}</span>;
  return (
    <>
      <span className="k-mark" data-tone={tones[standing]}>
        {t(`entity_class.${standing}`)}
      </span>
      <br />
      <span className="k-faint">{reason}</span>
    </>
  );
}

/** What kind of organisation it is: sector, size, and its class under NIS2. */
export function useKind(organisation: Organisation): readonly (readonly [string, ReactNode])[] {
  const { t } = useTranslation();
  const { language } = useFormat();
  const { data: sectors } = useSectors();
  const { sector, subsector, size } = organisation;
  return [
    [t('field.sector'), sector === null ? t('filter.no_sector') : <Link key="sector" to={paths.organisations({ sector })}>{labelOf(sectors, sector, language)}</Link>],
    [t('field.subsector'), subsector === null ? '–' : labelOf(sectors?.find(({ id }) => id === sector)?.subsectors, subsector, language)],
    [t('field.size'), size === null ? '–' : t(`size.${size}`)],
    [t('field.entity_class'), <Standing key="class" organisation={organisation} />],
  ];
}

function Website({ address }: { address: string | null }) {
  if (address === null || !/^https?:\/\//i.test(address)) return address ?? '–';
  return (
    <a href={address} target="_blank" rel="noreferrer noopener">
      {address} <IconExternalLink size={13} aria-hidden />
    </a>
  );
}

/** All that is known of it. */
export function About({ organisation }: { organisation: Organisation }) {
  const { t } = useTranslation();
  const format = useFormat();
  const kind = useKind(organisation);
  const { short_name: short, languages, website, pap, last_sighted: last, changed_at: changed } = organisation;
  return (
    <Facts
      items={[
        [t('field.short_name'), short ?? '–'],
        ...kind,
        [t('field.languages'), languages.length === 0 ? '–' : languages.map(format.languageName).join(', ')],
        [t('field.website'), <Website key="website" address={website} />],
        [t('field.pap'), <PapBadge key="pap" pap={pap} />],
        [t('field.last_sighted'), <Moment key="last" at={last} as="ago" />],
        [t('field.changed'), <Moment key="changed" at={changed} />],
      ]}
    />
  );
}
