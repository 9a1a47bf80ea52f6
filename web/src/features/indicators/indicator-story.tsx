import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { read } from '@/contract/client';
import { paths } from '@/contract/paths';
import type { IndicatorDetail } from '@/contract/types';
import { Classification } from '@/ui/classification';
import { Facts } from '@/ui/facts';
import { useFormat } from '@/ui/format';
import { Meter } from '@/ui/meter';
import { Moment } from '@/ui/moment';
import { TlpBadge } from '@/ui/tlp-badge';

export const useIndicator = (id: string | undefined) =>
  useQuery({
    queryKey: ['indicator', id],
    queryFn: ({ signal }) => read<IndicatorDetail>(`/indicators/${encodeURIComponent(id ?? '')}`, {}, signal),
  });

/** Its label, whether anyone stands by it, and whether it may be a mistake. */
export function Marks({ detail: { indicator } }: { detail: IndicatorDetail }) {
  const { t } = useTranslation();
  return (
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
  );
}

/** Whether and where it was seen, in a sentence. */
export function useAnswer(): (detail: IndicatorDetail) => string {
  const { t } = useTranslation();
  const format = useFormat();
  return ({ sightings }) => {
    const { totals } = sightings;
    return totals.sightings === 0 ? t('indicator.answer_none') : t('indicator.answer', { organisations: t('count.at_organisations', { count: totals.organisations, n: format.number(totals.organisations) }), flows: t('count.flows', { count: totals.flows, n: format.number(totals.flows) }), last: sightings.last === null ? '' : format.dayAndTime(sightings.last) });
  };
}

/** What it is, how surely, and since when. */
export function About({ detail: { indicator, sightings } }: { detail: IndicatorDetail }) {
  const { t } = useTranslation();
  return (
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
  );
}

/** At whom it was seen. */
export function Organisations({ detail: { indicator, sightings } }: { detail: IndicatorDetail }) {
  const { t } = useTranslation();
  const format = useFormat();
  if (sightings.organisations.length === 0) return <p className="k-faint">{t('indicator.nowhere')}</p>;
  return (
    <ul className="k-ways">
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
