import { IconMail, IconPhone } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Contact } from '@/contract/types';

/** Whom to tell, and how. */
export function ContactList({ contacts }: { contacts: readonly Contact[] }) {
  const { t } = useTranslation();
  if (contacts.length === 0) return <p className="k-faint">{t('organisation.no_contacts')}</p>;
  return (
    <ul className="k-contacts">
      {contacts.map((contact, index) => (
        <li key={index}>
          <div className="k-contact-name">
            <strong>{contact.name}</strong>
            <span className="k-mark">{t(`role.${contact.role}`)}</span>
            {contact.language !== null && <span className="k-mark">{contact.language.toUpperCase()}</span>}
          </div>
          {contact.email !== null && (
            <a href={`mailto:${contact.email}`}>
              <IconMail size={15} stroke={1.7} aria-hidden />
              {contact.email}
            </a>
          )}
          {contact.phone !== null && (
            <a href={`tel:${contact.phone.replace(/[^+\d]/g, '')}`}>
              <IconPhone size={15} stroke={1.7} aria-hidden />
              {contact.phone}
            </a>
          )}
        </li>
      ))}
    </ul>
  );
}
