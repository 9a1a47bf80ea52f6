import { Button, Checkbox, SegmentedControl, Select, TextInput } from '@mantine/core';
import { useId, useState, type SyntheticEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { ContractError } from '@/contract/problem';
import { tongues, type Role, type User, type UserInput } from '@/contract/types';
import { OrganisationChoice } from '@/ui/organisation-choice';
import { Panel } from '@/ui/panel';
import { faultOf } from '@/ui/reason';
import { Refusal } from '@/ui/refusal';
import { useUnsaved } from '@/ui/unsaved';
import { useLedToFault } from '@/ui/use-led-to-fault';
import { draftOf, inputOf, isName, type Draft } from './draft';

interface PersonFormProps {
  user: User | undefined;
  roles: readonly Role[];
  error: Error | null;
  saving: boolean;
  /** `letGo` once it is saved. */
  onSave: (input: UserInput, letGo: () => void) => void;
  onCancel: () => void;
  onRenew: () => void;
}

const noFields: ReadonlyMap<string, string> = new Map();

/** As what a person may sign in: for the team or for an organisation, and with which roles of that side. */
function RolesPanel({ draft, roles, faults, set }: { draft: Draft; roles: readonly Role[]; faults: ReadonlyMap<string, string>; set: (change: Partial<Draft>) => void }) {
  const { t } = useTranslation();
  const id = useId();
  const fault = faultOf(faults, 'roles');
  const toggle = (role: string, on: boolean) => set({ roles: on ? [...draft.roles, role] : draft.roles.filter((each) => each !== role) });
  return (
    <Panel title={t('person.may')}>
      <div className="k-stack">
        <div>
          <SegmentedControl
            aria-label={t('person.side')}
            value={draft.side}
            onChange={(side) => set({ side })}
            data={[
              { value: 'team', label: t('person.side_team') },
              { value: 'organisation', label: t('person.side_organisation') },
            ]}
          />
        </div>
        {draft.side === 'organisation' && (
          <OrganisationChoice label={t('field.organisation')} description={t('person.organisation_note')} value={draft.organisation} onChange={(organisation) => set({ organisation })} error={faultOf(faults, 'organisation')} required />
        )}
        <fieldset className="k-group" aria-describedby={fault === undefined ? undefined : id} aria-invalid={fault !== undefined}>
          <legend>{t('field.roles')}</legend>
          <div className="k-choices">
            {roles
              .filter(({ side }) => side === draft.side)
              .map((role) => (
                <Checkbox key={role.id} label={t(`role.${role.id}`)} description={t(`role_text.${role.id}`)} checked={draft.roles.includes(role.id)} onChange={(event) => toggle(role.id, event.currentTarget.checked)} />
              ))}
          </div>
          {fault !== undefined && (
            <p id={id} className="k-group-error">
              {fault}
            </p>
          )}
        </fieldset>
      </div>
    </Panel>
  );
}

/** Invites a person, or changes one. */
export function PersonForm({ user, roles, error, saving, onSave, onCancel, onRenew }: PersonFormProps) {
  const { t } = useTranslation();
  const [begun] = useState<Draft>(() => draftOf(user, roles));
  const [draft, setDraft] = useState(begun);
  const input = inputOf(draft, roles);
  const letGo = useUnsaved(JSON.stringify(input) !== JSON.stringify(inputOf(begun, roles)));
  const set = (change: Partial<Draft>) => setDraft({ ...draft, ...change });
  const faults = error instanceof ContractError ? error.fields : noFields;
  const taken = error instanceof ContractError && error.failure === 'conflict';
  const form = useLedToFault(error);
  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    onSave(input, letGo);
  };
  const misnamed = draft.name !== '' && !isName(draft.name) ? t('person.name_rule') : undefined;
  return (
    <form ref={form} className="k-form" onSubmit={submit} noValidate>
      {error !== null && <Refusal error={error} onRenew={onRenew} />}
      <Panel title={t('person.who')}>
        <div className="k-stack">
          <div className="k-form-row">
            <TextInput label={t('field.full_name')} required value={draft.full_name} maxLength={200} error={faultOf(faults, 'full_name')} onChange={(event) => set({ full_name: event.currentTarget.value })} autoComplete="off" />
            <TextInput label={t('sign_in.name')} description={t('person.name_note')} inputWrapperOrder={['label', 'input', 'description', 'error']} required value={draft.name} maxLength={64} error={faultOf(faults, 'name') ?? (taken ? t('person.name_taken') : misnamed)} onChange={(event) => set({ name: event.currentTarget.value })} autoComplete="off" autoCapitalize="none" spellCheck={false} />
          </div>
          <div className="k-form-row">
            <TextInput label={t('contact.email')} type="email" value={draft.email} maxLength={254} error={faultOf(faults, 'email')} onChange={(event) => set({ email: event.currentTarget.value })} autoComplete="off" />
            <Select label={t('contact.language')} data={tongues.map((tongue) => ({ value: tongue, label: t(`language.${tongue}`) }))} value={draft.language} allowDeselect={false} onChange={(language) => set({ language: language ?? draft.language })} />
          </div>
        </div>
      </Panel>
      <RolesPanel draft={draft} roles={roles} faults={faults} set={set} />
      <div className="k-form-end">
        <Button type="submit" size="sm" loading={saving}>
          {user === undefined ? t('person.invite') : t('action.save')}
        </Button>
        <Button variant="default" size="sm" onClick={() => { letGo(); onCancel(); }}>
          {t('action.cancel')}
        </Button>
      </div>
    </form>
  );
}
