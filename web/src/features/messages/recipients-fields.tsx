import { Checkbox } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Contact } from '@/contract/types';
import { labelOf, useContactRoles } from '@/contract/use-sectors';
import { useFormat } from '@/ui/format';
import { faultOf } from '@/ui/reason';
import { personsOf, rolesOf, type Draft } from './draft';

interface RecipientsFieldsProps {
  contacts: readonly Contact[];
  draft: Draft;
  faults: ReadonlyMap<string, string>;
  onChange: (change: Partial<Draft>) => void;
}

/** Whom it goes to: whoever has a role, or persons by name. */
export function RecipientsFields({ contacts, draft, faults, onChange }: RecipientsFieldsProps) {
  const { t } = useTranslation();
  const { language } = useFormat();
  const { data: roles } = useContactRoles();
  const note = (text: string) => <span className="k-choice-note">{text}</span>;
  const unreachable = contacts.filter(({ email }) => email === null);
  return (
    <div className="k-form-row">
      <Checkbox.Group label={t('message_field.roles')} description={t(draft.tlp === 'red' ? 'messages.roles_red' : 'messages.roles_note')} value={[...draft.roles]} error={faultOf(faults, 'roles')} onChange={(chosen) => onChange({ roles: chosen })}>
        <div className="k-choices-list">
          {rolesOf(contacts).map(({ role, names }) => (
            <Checkbox key={role} value={role} label={<>{labelOf(roles, role, language)}{note(names.join(', '))}</>} />
          ))}
        </div>
      </Checkbox.Group>
      <Checkbox.Group label={t('message_field.addresses')} description={t('messages.addresses_note')} value={[...draft.addresses]} error={faultOf(faults, 'addresses')} onChange={(chosen) => onChange({ addresses: chosen })}>
        <div className="k-choices-list">
          {personsOf(contacts).map(({ name, email, role, languages }) => (
            <Checkbox key={email} value={email} label={<>{name}{note([email, labelOf(roles, role, language), languages.map((code) => code.toUpperCase()).join(' ')].filter((part) => part !== '').join(' · '))}</>} />
          ))}
          {unreachable.length > 0 && <p className="k-faint">{t('messages.no_address', { names: unreachable.map(({ name }) => name).join(', ') })}</p>}
        </div>
      </Checkbox.Group>
    </div>
  );
}
