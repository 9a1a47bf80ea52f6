import { IconAlertTriangle, IconCertificate, IconClock24, IconKey, IconMail, IconPhone } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Contact, KeyFacts } from '@/contract/types';
import { labelOf, useContactRoles } from '@/contract/use-sectors';
import { CopyButton } from './copy-button';
import { useFormat } from './format';

const groups = (fingerprint: string) => fingerprint.match(/.{1,4}/g)?.join(' ') ?? fingerprint;
const tones = { valid: 'good', expiring: 'warn', not_yet_valid: 'warn', expired: 'bad', revoked: 'bad', no_encryption: 'bad' } as const;

/** A key or certificate: whether one can write to it today, until when, and what to compare before one trusts it. */
function KeyLine({ facts, kind }: { facts: KeyFacts; kind: 'pgp' | 'smime' }) {
  const { t } = useTranslation();
  const format = useFormat();
  const Icon = kind === 'pgp' ? IconKey : IconCertificate;
  return (
    <div className="k-contact-key">
      <p>
        <Icon size={15} stroke={1.7} aria-hidden /> {t(`contact.${kind}`)}{' '}
        <span className="k-mark" data-tone={tones[facts.state]}>
          {t(`key_state.${facts.state}`)}
        </span>{' '}
        <span className="k-faint">{facts.valid_until === null ? t('contact.no_end') : t('contact.until', { date: format.day(facts.valid_until) })}</span>
      </p>
      <p>
        <code>{groups(facts.fingerprint)}</code> <CopyButton text={facts.fingerprint} />
      </p>
      {facts.names_email === false && (
        <p className="k-key-warning">
          <IconAlertTriangle size={14} aria-hidden /> {t('contact.other_address', { names: facts.names.join('; ') })}
        </p>
      )}
      {facts.issuer !== null && <p className="k-faint">{t('contact.issuer', { name: facts.issuer })}</p>}
    </div>
  );
}

/** Whom to tell, and how. */
export function ContactList({ contacts }: { contacts: readonly Contact[] }) {
  const { t } = useTranslation();
  const { language } = useFormat();
  const { data: roles } = useContactRoles();
  if (contacts.length === 0) return <p className="k-faint">{t('organisation.no_contacts')}</p>;
  return (
    <ul className="k-contacts">
      {contacts.map((contact, index) => (
        <li key={index}>
          <div className="k-contact-name">
            <strong>{contact.name}</strong>
            <span className="k-mark">{labelOf(roles, contact.role, language)}</span>
            {contact.round_the_clock && (
              <span className="k-mark" data-tone="good">
                <IconClock24 size={13} aria-hidden /> {t('contact.always')}
              </span>
            )}
            {contact.languages.map((code) => (
              <span key={code} className="k-mark">
                {code.toUpperCase()}
              </span>
            ))}
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
          {contact.pgp !== null && <KeyLine facts={contact.pgp} kind="pgp" />}
          {contact.smime !== null && <KeyLine facts={contact.smime} kind="smime" />}
        </li>
      ))}
    </ul>
  );
}
