import { Button, Select, Textarea, TextInput } from '@mantine/core';
import { useMemo, useState, type SyntheticEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { ContractError } from '@/contract/problem';
import { paps, tlps, type Organisation, type OrganisationInput } from '@/contract/types';
import { Panel } from '@/ui/panel';
import { faultOf } from '@/ui/reason';
import { Refusal } from '@/ui/refusal';
import { useUnsaved } from '@/ui/unsaved';
import { useLedToFault } from '@/ui/use-led-to-fault';
import { ContactLines } from './contact-lines';
import { draftOf, faultsAsShown, faultsByLine, inputOf, type Draft } from './draft';
import { NetworkLines } from './network-lines';
import { ClassFields, StandingFields } from './standing-fields';

interface OrganisationFormProps {
  organisation: Organisation | undefined;
  error: Error | null;
  saving: boolean;
  /** `letGo` once it is saved. */
  onSave: (input: OrganisationInput, letGo: () => void, remark: string) => void;
  /** Of a proposal, what is the team's own is not asked. */
  kind?: 'record' | 'proposal';
  onCancel: () => void;
  onRenew: () => void;
}

const noFields: ReadonlyMap<string, string> = new Map();

export function OrganisationForm({ organisation, error, saving, onSave, onCancel, onRenew, kind = 'record' }: OrganisationFormProps) {
  const { t } = useTranslation();
  const [begun] = useState<Draft>(() => draftOf(organisation));
  const [draft, setDraft] = useState(begun);
  const [remark, setRemark] = useState('');
  const letGo = useUnsaved(JSON.stringify(inputOf(draft)) !== JSON.stringify(inputOf(begun)) || remark !== '');
  const set = (change: Partial<Draft>) => setDraft({ ...draft, ...change });
  const fields = error instanceof ContractError ? error.fields : noFields;
  // eslint-disable-next-line react-hooks/exhaustive-deps -- faults belong to the draft that was sent
  const [faults, shown] = useMemo(() => [faultsByLine(draft, fields), faultsAsShown(draft, fields)], [fields]);
  const form = useLedToFault(error);
  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    onSave(inputOf(draft), letGo, remark);
  };
  return (
    <form ref={form} className="k-form" onSubmit={submit} noValidate>
      {error !== null && <Refusal error={error} fields={shown} onRenew={onRenew} />}
      <Panel title={t('organisation.who')}>
        <div className="k-stack">
          <div className="k-form-row">
            <TextInput label={t('field.name')} required value={draft.name} maxLength={200} error={faultOf(faults, 'name')} onChange={(event) => set({ name: event.currentTarget.value })} autoComplete="off" />
            <TextInput label={t('field.short_name')} value={draft.short_name} maxLength={40} error={faultOf(faults, 'short_name')} onChange={(event) => set({ short_name: event.currentTarget.value })} autoComplete="off" />
          </div>
          <StandingFields draft={draft} faults={faults} onChange={set} />
          <div className="k-form-row">
            <TextInput label={t('field.website')} type="url" value={draft.website} maxLength={500} placeholder="https://" error={faultOf(faults, 'website')} onChange={(event) => set({ website: event.currentTarget.value })} />
          </div>
        </div>
      </Panel>
      {kind === 'record' && (
        <Panel title={t('nis2.title')} note={t('nis2.note')}>
          <div className="k-stack">
            <ClassFields draft={draft} faults={faults} onChange={set} />
          </div>
        </Panel>
      )}
      <Panel title={t('organisation.networks')} note={t('organisation.networks_note')}>
        <NetworkLines lines={draft.networks} countries={kind === 'record' ? 'offered' : 'kept'} faults={faults} onChange={(networks) => set({ networks })} />
      </Panel>
      <Panel title={t('organisation.contacts')} note={t('organisation.contacts_note')}>
        <ContactLines lines={draft.contacts} faults={faults} onChange={(contacts) => set({ contacts })} />
      </Panel>
      {kind === 'record' && (
        <Panel title={t('organisation.more')}>
          <div className="k-stack">
            <Textarea label={t('field.notes')} autosize minRows={2} maxRows={10} maxLength={10000} value={draft.notes} onChange={(event) => set({ notes: event.currentTarget.value })} />
            <div className="k-form-row">
              <Select label={t('field.tlp')} description={t('organisation.tlp_note')} data={tlps.filter((tlp) => tlp !== 'red').map((tlp) => ({ value: tlp, label: `TLP:${tlp.toUpperCase()}` }))} value={draft.tlp} allowDeselect={false} onChange={(tlp) => set({ tlp: (tlp) ?? draft.tlp })} />
              <Select label={t('field.pap')} description={t('organisation.pap_note')} data={paps.map((pap) => ({ value: pap, label: `PAP:${pap.toUpperCase()}` }))} value={draft.pap} allowDeselect={false} onChange={(pap) => set({ pap: (pap) ?? draft.pap })} />
            </div>
          </div>
        </Panel>
      )}
      {kind === 'proposal' && (
        <Panel title={t('proposals.remark')} note={t('proposals.remark_note')}>
          <Textarea aria-label={t('proposals.remark')} autosize minRows={2} maxRows={8} maxLength={1000} value={remark} error={faultOf(faults, 'remark')} onChange={(event) => setRemark(event.currentTarget.value)} />
        </Panel>
      )}
      <div className="k-form-end">
        <Button type="submit" size="sm" loading={saving}>
          {t(kind === 'record' ? 'action.save' : 'proposals.send')}
        </Button>
        <Button variant="default" size="sm" onClick={() => { letGo(); onCancel(); }}>
          {t('action.cancel')}
        </Button>
      </div>
    </form>
  );
}
