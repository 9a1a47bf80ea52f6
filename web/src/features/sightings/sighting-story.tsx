import type { SightingDetail } from '@/contract/types';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { paths } from '@/contract/paths';
import { labelOf, useSectors } from '@/contract/use-sectors';
import { Allowed } from '@/ui/allowed';
import { Classification } from '@/ui/classification';
import { ContactList } from '@/ui/contact-list';
import { Facts } from '@/ui/facts';
import { useFormat } from '@/ui/format';
import { Meter } from '@/ui/meter';
import { Moment } from '@/ui/moment';
import { SourceList } from '@/ui/source-list';
import { TlpBadge } from '@/ui/tlp-badge';

/** What was seen, in numbers. */
export function Amounts({ detail: { sighting } }: { detail: SightingDetail }) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <Facts
      items={[
        [t('field.first'), <Moment key="first" at={sighting.first} as="full" />],
        [t('field.last'), <Moment key="last" at={sighting.last} as="full" />],
        [t('field.flows'), <span key="flows" className="k-number">{format.number(sighting.flows)}</span>],
        [t('field.packets'), <span key="packets" className="k-number">{format.number(sighting.packets)}</span>],
        [t('field.bytes'), <span key="bytes" className="k-number">{format.bytes(sighting.bytes)}</span>],
      ]}
    />
  );
}

/** The indicator, who lists it, and whether it may be a mistake. */
export function IndicatorPart({ detail }: { detail: SightingDetail }) {
  const { t } = useTranslation();
  const { indicator, sighting } = detail;
  if (indicator === null) return <p>{t('sighting.indicator_gone', { value: sighting.indicator.value })}</p>;
  return (
    <>
      <div className="k-part-head">
        <Link className="k-address k-part-name" to={paths.indicator(indicator.id)}>
          {indicator.value}
        </Link>
        <span className="k-marks">
          <TlpBadge tlp={indicator.tlp} />
          {!indicator.active && <span className="k-mark">{t('state.inactive')}</span>}
          {indicator.flagged && (
            <span className="k-mark" data-tone="warn">
              {t('indicator.flagged')}
            </span>
          )}
        </span>
      </div>
      <Facts
        items={[
          [t('field.kind'), t(`kind.${indicator.kind}`)],
          [t('field.class'), <Classification key="class" of={indicator} />],
          [t('field.confidence'), <Meter key="confidence" value={indicator.confidence} label={t('field.confidence')} />],
        ]}
      />
      {indicator.warning_lists.map((list) => (
        <p key={list.name} className="k-warning">
          {t('indicator.on_warning_list', { list: list.name, entry: list.entry })}
        </p>
      ))}
      <h3 className="k-part-title">{t('field.sources')}</h3>
      <SourceList sources={indicator.sources} />
    </>
  );
}

/** Whose the national address is, and whom to tell. */
export function OwnerPart({ detail }: { detail: SightingDetail }) {
  const { t, i18n } = useTranslation();
  const { data: sectors } = useSectors();
  const { organisation, networks, sighting } = detail;
  if (sighting.national_address === null) return <p className="k-faint">{t('sighting.no_national_end')}</p>;
  if (organisation === null) {
    return (
      <p>
        {t('sighting.no_owner', { address: sighting.national_address })} <Allowed to="organisations.write">
          <Link to={paths.organisationNew}>{t('organisations.add')}</Link>
        </Allowed>
      </p>
    );
  }
  const claims = networks.filter((claim) => claim.conflict);
  return (
    <>
      <div className="k-part-head">
        <Link className="k-part-name" to={paths.organisation(organisation.id)}>
          {organisation.name}
        </Link>
        <TlpBadge tlp={organisation.tlp} />
      </div>
      <Facts
        items={[
          [t('field.sector'), organisation.sector === null ? t('filter.no_sector') : labelOf(sectors, organisation.sector, i18n.resolvedLanguage ?? 'en')],
          [t('field.network'), <span key="network" className="k-address">{networks[0]?.value ?? '–'}</span>],
        ]}
      />
      {claims.map((claim) => (
        <p key={claim.value} className="k-warning">
          {t('sighting.claimed', { network: claim.value, organisations: claim.organisations.map(({ name }) => name).join(', ') })}
        </p>
      ))}
      <h3 className="k-part-title">{t('organisation.contacts')}</h3>
      <ContactList contacts={organisation.contacts} />
    </>
  );
}
