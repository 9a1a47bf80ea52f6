import './organisations.css';
import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { read } from '@/contract/client';
import { paths } from '@/contract/paths';
import type { OrganisationPage } from '@/contract/types';
import { Allowed } from '@/ui/allowed';
import { ContactList } from '@/ui/contact-list';
import { Panel } from '@/ui/panel';
import { ContactsConfirmed } from './contacts-confirmed';
import { useOrganisation } from './use-organisation';

/** So many are asked of at once; the next ones after these. */
const most = 3;

function Asked({ id }: { id: string }) {
  const { t } = useTranslation();
  const { data: organisation } = useOrganisation(id);
  if (organisation === undefined) return null;
  return (
    <Panel title={t('organisation.contacts_asked')} note={organisation.name} className="k-contacts-asked">
      <p>{t('organisation.contacts_why')}</p>
      <ContactList contacts={organisation.contacts} />
      <div className="k-contacts-answer">
        <ContactsConfirmed organisation={organisation} variant="filled" />
        <Allowed to="organisations.propose">
          <Button component={Link} to={paths.organisationPropose(id)} variant="default">
            {t('organisation.contacts_change')}
          </Button>
        </Allowed>
      </div>
    </Panel>
  );
}

/** Asks those who look after an organisation whether its contacts are still right, once they are due. */
export function ContactsAsked() {
  const { data } = useQuery({ queryKey: ['/organisations', 'contacts-due'], queryFn: ({ signal }) => read<OrganisationPage>('/organisations', { contacts: 'due', limit: most }, signal) });
  return data?.items.map(({ id }) => <Asked key={id} id={id} />);
}
