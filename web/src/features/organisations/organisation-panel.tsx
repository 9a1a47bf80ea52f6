import { IconAlertTriangle } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { paths } from '@/contract/paths';
import type { Organisation } from '@/contract/types';
import { ContactList } from '@/ui/contact-list';
import { DirectionMark } from '@/ui/direction-mark';
import { Facts } from '@/ui/facts';
import { Failure } from '@/ui/failure';
import { useFormat } from '@/ui/format';
import { Moment } from '@/ui/moment';
import { RecordPanel } from '@/ui/record-panel';
import { TableSkeleton } from '@/ui/table-skeleton';
import { TlpBadge } from '@/ui/tlp-badge';
import { useLatestSightings } from '@/ui/use-latest-sightings';
import { ContactsConfirmed } from './contacts-confirmed';
import { Networks, useAnswer, useKind } from './organisation-story';
import { useOrganisation } from './use-organisation';

const mostNetworks = 8;

/** The last things seen there, for those who may see sightings. */
function Latest({ id }: { id: string }) {
  const { t } = useTranslation();
  const filter = { organisation: id, window: '7d' } as const;
  const { data, error, refetch, allowed } = useLatestSightings(filter, 5);
  if (!allowed) return null;
  return (
    <section>
      <h3 className="k-part-title">{t('sightings.latest')}</h3>
      {data === undefined && (error === null ? <TableSkeleton rows={3} /> : <Failure error={error} retry={() => void refetch()} />)}
      {data?.items.length === 0 && <p className="k-faint">{t('sightings.none_here')}</p>}
      {data !== undefined && data.items.length > 0 && (
        <ul className="k-ways">
          {data.items.map(({ id: sighting, direction, indicator, last }) => (
            <li key={sighting}>
              <Link to={paths.sighting(sighting)}>
                <span>
                  <DirectionMark direction={direction} bare /> <span className="k-address">{indicator.value}</span>
                </span>
                <Moment at={last} as="ago" />
              </Link>
            </li>
          ))}
          <li>
            <Link to={paths.sightings(filter)}>{t('sightings.all')}</Link>
          </li>
        </ul>
      )}
    </section>
  );
}

function Marks({ organisation: { tlp, conflicts } }: { organisation: Organisation }) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <>
      <TlpBadge tlp={tlp} />
      {conflicts.length > 0 && (
        <span className="k-mark" data-tone="warn">
          <IconAlertTriangle size={12} aria-hidden />
          {t('organisations.conflict_count', { count: conflicts.length, n: format.number(conflicts.length) })}
        </span>
      )}
    </>
  );
}

function Story({ organisation }: { organisation: Organisation }) {
  const { t } = useTranslation();
  const format = useFormat();
  const answer = useAnswer();
  const kind = useKind(organisation);
  const { id, name, networks, contacts, last_sighted: last } = organisation;
  return (
    <>
      <div className="k-part-head">
        <strong className="k-part-name">{name}</strong>
      </div>
      <p>{answer(organisation)}</p>
      <Facts items={[...kind, [t('field.last_sighted'), <Moment key="last" at={last} as="ago" />]]} />
      <section>
        <h3 className="k-part-title">{t('organisation.contacts')}</h3>
        <ContactList contacts={contacts} />
        <ContactsConfirmed organisation={organisation} variant="default" />
      </section>
      <Latest id={id} />
      <section>
        <h3 className="k-part-title">{`${t('organisation.networks')} · ${format.number(networks.length)}`}</h3>
        <Networks organisation={organisation} most={mostNetworks} />
      </section>
    </>
  );
}

/** One organisation beside its list. */
export function OrganisationPanel({ id, onClose }: { id: string; onClose: () => void }) {
  const { t } = useTranslation();
  return (
    <RecordPanel title={t('field.organisation')} onClose={onClose} asked={useOrganisation(id)} to={paths.organisation(id)} marks={(organisation) => <Marks organisation={organisation} />}>
      {(organisation) => <Story organisation={organisation} />}
    </RecordPanel>
  );
}
