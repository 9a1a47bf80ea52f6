import { ActionIcon, Button, Checkbox, Select, TextInput } from '@mantine/core';
import { IconPlus, IconTrash } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { labelOf, useContactRoles } from '@/contract/use-sectors';
import { useFormat } from '@/ui/format';
import { faultOf } from '@/ui/reason';
import { emptyContact, type ContactLine } from './draft';
import { KeyField } from './key-field';
import { LanguageLines } from './language-lines';

interface ContactLinesProps {
  lines: readonly ContactLine[];
  faults: ReadonlyMap<string, string>;
  onChange: (lines: readonly ContactLine[]) => void;
}

interface KeysProps {
  line: ContactLine;
  faults: ReadonlyMap<string, string>;
  onChange: (next: Partial<ContactLine>) => void;
}

/** Folded away until they are wanted, open where the server refused one. */
function Keys({ line, faults, onChange }: KeysProps) {
  const { t } = useTranslation();
  const at = (field: string) => `${line.key}.${field}`;
  const refused = faults.has(at('pgp_key')) || faults.has(at('smime_certificate'));
  const held = [line.pgp_key, line.smime_certificate].filter((text) => text.trim() !== '').length;
  return (
    <details className="k-keys" open={refused || undefined}>
      <summary>{t('contact.keys', { count: held })}</summary>
      <div className="k-form-row">
        <KeyField label={t('contact.pgp_key')} accept=".asc,.pgp,.gpg,.txt" value={line.pgp_key} error={faultOf(faults, at('pgp_key'))} onChange={(pgp_key) => onChange({ pgp_key })} />
        <KeyField label={t('contact.smime_certificate')} accept=".pem,.crt,.cer,.der" value={line.smime_certificate} error={faultOf(faults, at('smime_certificate'))} onChange={(smime_certificate) => onChange({ smime_certificate })} />
      </div>
    </details>
  );
}

/** Whom to tell, person by person. */
export function ContactLines({ lines, faults, onChange }: ContactLinesProps) {
  const { t } = useTranslation();
  const { language } = useFormat();
  const { data: roles } = useContactRoles();
  const change = (key: number, next: Partial<ContactLine>) => onChange(lines.map((line) => (line.key === key ? { ...line, ...next } : line)));
  return (
    <div className="k-lines">
      {lines.map((line) => (
        <fieldset key={line.key} className="k-line-contact">
          <legend className="k-unseen">{line.name === '' ? t('contact.new') : line.name}</legend>
          <TextInput label={t('field.name')} value={line.name} error={faultOf(faults, `${line.key}.name`)} onChange={(event) => change(line.key, { name: event.currentTarget.value })} autoComplete="off" />
          <Select label={t('contact.role')} data={(roles ?? []).map(({ id }) => ({ value: id, label: labelOf(roles, id, language) }))} value={line.role} error={faultOf(faults, `${line.key}.role`)} allowDeselect={false} onChange={(role) => change(line.key, { role: role ?? line.role })} />
          <TextInput label={t('contact.email')} type="email" value={line.email} error={faultOf(faults, `${line.key}.email`)} onChange={(event) => change(line.key, { email: event.currentTarget.value })} autoComplete="off" />
          <TextInput label={t('contact.phone')} type="tel" value={line.phone} error={faultOf(faults, `${line.key}.phone`)} onChange={(event) => change(line.key, { phone: event.currentTarget.value })} autoComplete="off" />
          <LanguageLines label={t('contact.languages')} value={line.languages} error={faultOf(faults, `${line.key}.languages`)} onChange={(languages) => change(line.key, { languages })} />
          <Checkbox label={t('contact.round_the_clock')} checked={line.round_the_clock} onChange={(event) => change(line.key, { round_the_clock: event.currentTarget.checked })} />
          <Keys line={line} faults={faults} onChange={(next) => change(line.key, next)} />
          <ActionIcon className="k-line-remove" variant="subtle" color="gray" size="lg" aria-label={t('contact.remove', { name: line.name })} onClick={() => onChange(lines.filter(({ key }) => key !== line.key))}>
            <IconTrash size={17} stroke={1.7} aria-hidden />
          </ActionIcon>
        </fieldset>
      ))}
      <div>
        <Button variant="default" leftSection={<IconPlus size={14} aria-hidden />} onClick={() => onChange([...lines, emptyContact()])}>
          {t('contact.add')}
        </Button>
      </div>
    </div>
  );
}
