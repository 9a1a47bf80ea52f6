import './organisations.css';
import { Button } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconAlertTriangle, IconBuildingCommunity, IconExternalLink, IconPencil, IconTrash } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'wouter';
import { paths } from '@/contract/paths';
import type { Organisation } from '@/contract/types';
import { labelOf, useSectors } from '@/contract/use-sectors';
import { Allowed } from '@/ui/allowed';
import { ContactList } from '@/ui/contact-list';
import { Dialog } from '@/ui/dialog';
import { Facts } from '@/ui/facts';
import { Failure } from '@/ui/failure';
import { useFormat } from '@/ui/format';
import { HistoryOf } from '@/ui/history-of';
import { Moment } from '@/ui/moment';
import { PageHeader } from '@/ui/page-header';
import { Panel } from '@/ui/panel';
import { SightingsOf } from '@/ui/sightings-of';
import { TableSkeleton } from '@/ui/table-skeleton';
import { say } from '@/ui/toast';
import { PapBadge, TlpBadge } from '@/ui/tlp-badge';
import { useNavigate } from '@/ui/navigate';
import { WhyField } from '@/ui/why-field';
import { useDeleteOrganisation, useOrganisation } from './use-organisation';

function Networks({ organisation }: { organisation: Organisation }) {
  const { t } = useTranslation();
  if (organisation.networks.length === 0) return <p className="k-faint">{t('organisation.no_networks')}</p>;
  return (
    <ul className="k-networks">
      {organisation.networks.map((network) => {
        const claim = organisation.conflicts.find((each) => each.kind === network.kind && each.value === network.value);
        const others = claim?.organisations.filter(({ id }) => id !== organisation.id) ?? [];
        return (
          <li key={network.kind + network.value}>
            <span className="k-mark">{t(`network.${network.kind}`)}</span>
            {network.kind === 'prefix' ? (
              <Link className="k-address" to={paths.sightings({ national_address: network.value, window: '30d' })}>
                {network.value}
              </Link>
            ) : (
              <span className="k-address">{network.value}</span>
            )}
            {others.length > 0 && (
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
            )}
          </li>
        );
      })}
    </ul>
  );
}

function Removal({ organisation, onClose }: { organisation: Organisation; onClose: () => void }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const [why, setWhy] = useState('');
  const remove = useDeleteOrganisation();
  const done = () => {
    say(t('organisation.removed', { name: organisation.name }));
    navigate(paths.organisations());
  };
  return (
    <Dialog title={t('organisation.remove_title', { name: organisation.name })} onClose={onClose}>
      <p>{t('organisation.remove_text', { networks: t('count.networks', { count: organisation.networks.length }), contacts: t('count.contacts', { count: organisation.contacts.length }) })}</p>
      <WhyField value={why} onChange={setWhy} />
      {remove.error !== null && <Failure error={remove.error} />}
      <div className="k-form-end">
        <Button color="red.9" loading={remove.isPending} onClick={() => remove.mutate({ organisation, why }, { onSuccess: done })}>
          {t('organisation.remove')}
        </Button>
        <Button variant="default" onClick={onClose} data-autofocus>
          {t('action.cancel')}
        </Button>
      </div>
    </Dialog>
  );
}

const tones = { essential: 'bad', important: 'warn', none: undefined } as const;

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

/** One organisation: what was seen there, its networks, and whom to tell. */
export function OrganisationPage() {
  const { t } = useTranslation();
  const format = useFormat();
  const { id } = useParams();
  const { data: sectors } = useSectors();
  const { data: organisation, error, refetch } = useOrganisation(id);
  const [removing, { open, close }] = useDisclosure(false);
  const above = (
    <Link to={paths.organisations()} className="k-back">
      <IconBuildingCommunity size={15} aria-hidden /> {t('nav.organisations')}
    </Link>
  );
  if (organisation === undefined) {
    return (
      <>
        <PageHeader title={t('field.organisation')} above={above} />
        {error === null ? <TableSkeleton rows={10} /> : <Failure error={error} retry={() => void refetch()} />}
      </>
    );
  }
  return (
    <>
      <PageHeader
        title={organisation.name}
        above={above}
        marks={<TlpBadge tlp={organisation.tlp} />}
        answer={
          organisation.sightings_24h === 0
            ? t('organisation.answer_none')
            : t('organisation.answer', { sightings: t('count.sightings', { count: organisation.sightings_24h, n: format.number(organisation.sightings_24h) }), flows: t('count.flows', { count: organisation.flows_24h, n: format.number(organisation.flows_24h) }) })
        }
        actions={
          <>
          <Allowed to="organisations.write">
            <Button component={Link} to={paths.organisationEdit(organisation.id)} variant="default" leftSection={<IconPencil size={14} aria-hidden />}>
              {t('action.edit')}
            </Button>
            <Button variant="default" leftSection={<IconTrash size={14} aria-hidden />} onClick={open}>
              {t('organisation.remove')}
            </Button>
          </Allowed>
          <Allowed to="organisations.propose">
            <Button component={Link} to={paths.organisationPropose(organisation.id)} leftSection={<IconPencil size={14} aria-hidden />}>
              {t('proposals.propose')}
            </Button>
          </Allowed>
          </>
        }
      />
      <div className="k-columns">
        <div>
          <SightingsOf filter={{ organisation: organisation.id, window: '7d' }} hide="organisation" />
          <Panel title={t('organisation.networks')} note={t('count.networks', { count: organisation.networks.length })}>
            <Networks organisation={organisation} />
          </Panel>
          <HistoryOf subject={`organisation:${organisation.id}`} />
        </div>
        <div>
          <Panel title={t('organisation.contacts')}>
            <ContactList contacts={organisation.contacts} />
          </Panel>
          <Panel title={t('organisation.about')}>
            <Facts
              items={[
                [t('field.short_name'), organisation.short_name ?? '–'],
                [t('field.sector'), organisation.sector === null ? t('filter.no_sector') : <Link key="sector" to={paths.organisations({ sector: organisation.sector })}>{labelOf(sectors, organisation.sector, format.language)}</Link>],
                [t('field.subsector'), organisation.subsector === null ? '–' : labelOf(sectors?.find(({ id: each }) => each === organisation.sector)?.subsectors, organisation.subsector, format.language)],
                [t('field.size'), organisation.size === null ? '–' : t(`size.${organisation.size}`)],
                [t('field.entity_class'), <Standing key="class" organisation={organisation} />],
                [t('field.languages'), organisation.languages.length === 0 ? '–' : organisation.languages.map(format.languageName).join(', ')],
                [
                  t('field.website'),
                  organisation.website === null || !/^https?:\/\//i.test(organisation.website) ? (organisation.website ?? '–') : (
                    <a key="website" href={organisation.website} target="_blank" rel="noreferrer noopener">
                      {organisation.website} <IconExternalLink size={13} aria-hidden />
                    </a>
                  ),
                ],
                [t('field.pap'), <PapBadge key="pap" pap={organisation.pap} />],
                [t('field.last_sighted'), <Moment key="last" at={organisation.last_sighted} as="ago" />],
                [t('field.changed'), <Moment key="changed" at={organisation.changed_at} />],
              ]}
            />
            {organisation.notes !== null && <p className="k-notes">{organisation.notes}</p>}
          </Panel>
        </div>
      </div>
      {removing && <Removal organisation={organisation} onClose={close} />}
    </>
  );
}
