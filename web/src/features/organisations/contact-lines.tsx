import { ActionIcon, Button, Select, TextInput } from '@mantine/core';
import { IconPlus, IconTrash } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Contact } from '@/contract/types';
import { faultOf } from '@/ui/reason';
import { emptyContact, type ContactLine } from './draft';

interface ContactLinesProps {
  lines: readonly ContactLine[];
  faults: ReadonlyMap<string, string>;
  onChange: (lines: readonly ContactLine[]) => void;
}

const roles: readonly Contact['role'][] = ['security', 'technical', 'management', 'legal', 'other'];
const tongues = [
  { value: 'mk', label: 'Македонски' },
  { value: 'sq', label: 'Shqip' },
  { value: 'en', label: 'English' },
];

/** Whom to tell, person by person. */
export function ContactLines({ lines, faults, onChange }: ContactLinesProps) {
  const { t } = useTranslation();
  const change = (key: number, next: Partial<ContactLine>) => onChange(lines.map((line) => (line.key === key ? { ...line, ...next } : line)));
  return (
    <div className="k-lines">
      {lines.map((line) => (
        <fieldset key={line.key} className="k-line-contact">
          <legend className="k-unseen">{line.name === '' ? t('contact.new') : line.name}</legend>
          <TextInput label={t('field.name')} value={line.name} error={faultOf(faults, `${line.key}.name`)} onChange={(event) => change(line.key, { name: event.currentTarget.value })} autoComplete="off" />
          <Select label={t('contact.role')} data={roles.map((role) => ({ value: role, label: t(`role.${role}`) }))} value={line.role} allowDeselect={false} onChange={(role) => change(line.key, { role: (role) ?? line.role })} />
          <TextInput label={t('contact.email')} type="email" value={line.email} error={faultOf(faults, `${line.key}.email`)} onChange={(event) => change(line.key, { email: event.currentTarget.value })} autoComplete="off" />
          <TextInput label={t('contact.phone')} type="tel" value={line.phone} error={faultOf(faults, `${line.key}.phone`)} onChange={(event) => change(line.key, { phone: event.currentTarget.value })} autoComplete="off" />
          <Select label={t('contact.language')} data={tongues} value={line.language === '' ? null : line.language} onChange={(language) => change(line.key, { language: language ?? '' })} clearable clearButtonProps={{ 'aria-label': t('action.clear') }} />
          <ActionIcon variant="subtle" color="gray" size="lg" aria-label={t('contact.remove', { name: line.name })} onClick={() => onChange(lines.filter(({ key }) => key !== line.key))}>
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
