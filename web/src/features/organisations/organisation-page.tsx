import './organisations.css';
import { Button } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconBuildingCommunity, IconMail, IconPencil, IconTrash } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'wouter';
import { paths } from '@/contract/paths';
import type { Organisation } from '@/contract/types';
import { Allowed } from '@/ui/allowed';
import { AwaitedPage } from '@/ui/awaited-page';
import { BackLink } from '@/ui/back-link';
import { ContactList } from '@/ui/contact-list';
import { DeedDialog } from '@/ui/deed-dialog';
import { FindingsOf } from '@/ui/findings-of';
import { HistoryOf } from '@/ui/history-of';
import { MessagesOf } from '@/ui/messages-of';
import { PageHeader } from '@/ui/page-header';
import { Panel } from '@/ui/panel';
import { SightingsOf } from '@/ui/sightings-of';
import { say } from '@/ui/toast';
import { TlpBadge } from '@/ui/tlp-badge';
import { useNavigate } from '@/ui/navigate';
import { WebFeedsOf } from '@/ui/web-feeds-of';
import { WhyField } from '@/ui/why-field';
import { PlainMailAgreement } from './plain-mail';
import { ContactsConfirmed } from './contacts-confirmed';
import { About, Networks, useAnswer } from './organisation-story';
import { useDeleteOrganisation, useOrganisation } from './use-organisation';
import { WebhookOf } from './webhook';

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
    <DeedDialog title={t('organisation.remove_title', { name: organisation.name })} deed={t('organisation.remove')} tone="grave" doing={remove} onDo={() => remove.mutate({ organisation, why }, { onSuccess: done })} onClose={onClose}>
      <p>{t('organisation.remove_text', { networks: t('count.networks', { count: organisation.networks.length }), contacts: t('count.contacts', { count: organisation.contacts.length }) })}</p>
      <WhyField value={why} onChange={setWhy} />
    </DeedDialog>
  );
}

/** One organisation: what was seen there, its networks, and whom to tell. */
export function OrganisationPage() {
  const { t } = useTranslation();
  const answer = useAnswer();
  const { id } = useParams();
  const { data: organisation, error, refetch } = useOrganisation(id);
  const [removing, { open, close }] = useDisclosure(false);
  const above = <BackLink to={paths.organisations()} icon={IconBuildingCommunity}>{t('nav.organisations')}</BackLink>;
  if (organisation === undefined) return <AwaitedPage title={t('field.organisation')} above={above} asked={{ error, refetch }} />;
  return (
    <>
      <PageHeader
        title={organisation.name}
        above={above}
        marks={<TlpBadge tlp={organisation.tlp} />}
        answer={answer(organisation)}
        actions={
          <>
          <Allowed to="messages.write">
            <Button component={Link} to={paths.messageNew({ organisation: organisation.id })} variant="default" leftSection={<IconMail size={14} aria-hidden />}>
              {t('messages.write')}
            </Button>
          </Allowed>
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
          <FindingsOf organisation={organisation.id} />
          <Panel title={t('organisation.contacts')}>
            <ContactList contacts={organisation.contacts} />
            <ContactsConfirmed organisation={organisation} variant="default" />
          </Panel>
          <PlainMailAgreement organisation={organisation} />
          <WebhookOf organisation={organisation} />
          <WebFeedsOf organisation={organisation.id} />
          <MessagesOf organisation={organisation.id} />
          <Panel title={t('organisation.about')}>
            <About organisation={organisation} />
            {organisation.notes !== null && <p className="k-notes">{organisation.notes}</p>}
          </Panel>
        </div>
      </div>
      {removing && <Removal organisation={organisation} onClose={close} />}
    </>
  );
}
