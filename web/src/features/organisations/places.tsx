import { useTranslation } from 'react-i18next';
import { paths } from '@/contract/paths';
import { useFormat } from '@/ui/format';
import { PlaceLink } from '@/ui/place-link';
import { Tabs } from '@/ui/tabs';
import { useOpenProposals } from './use-proposals';

/** The parts of the register; beside the proposals, how many wait. */
export function Places() {
  const { t } = useTranslation();
  const format = useFormat();
  const { data: open = 0 } = useOpenProposals();
  const places = [
    [paths.organisations(), 'organisations.list'],
    [paths.proposals(), 'proposals.title'],
    [paths.conflicts, 'organisations.conflicts'],
    [paths.nationalSpace, 'organisations.space'],
  ] as const;
  return (
    <Tabs label={t('nav.organisations')}>
      {places.map(([to, key]) => (
        <PlaceLink key={to} to={to} exact>
          {t(key)}
          {to === paths.proposals() && open > 0 && (
            <span className="k-mark k-mark-after" data-tone="warn" title={t('proposals.waiting', { count: open, n: format.number(open) })}>
              {format.number(open)}
            </span>
          )}
        </PlaceLink>
      ))}
    </Tabs>
  );
}
