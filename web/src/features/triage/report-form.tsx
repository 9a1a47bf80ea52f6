import { Button, Select, Textarea, TextInput } from '@mantine/core';
import { useState, type SyntheticEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { ContractError } from '@/contract/problem';
import { tongues, type ReportInput } from '@/contract/types';
import { Failure } from '@/ui/failure';
import { LabelChoice } from '@/ui/label-choice';
import { MomentField } from '@/ui/moment-field';
import { OrganisationChoice } from '@/ui/organisation-choice';
import { Panel } from '@/ui/panel';
import { ReaderChoice } from '@/ui/reader-choice';
import { faultOf } from '@/ui/reason';
import { useLedToFault } from '@/ui/use-led-to-fault';
import { useUnsaved } from '@/ui/unsaved';
import { emptyDraft, inputOf, toldChannels, type Draft } from './draft';

const noFields: ReadonlyMap<string, string> = new Map();

interface PartProps {
  draft: Draft;
  faults: ReadonlyMap<string, string>;
  set: (change: Partial<Draft>) => void;
}

function What({ draft, faults, set }: PartProps) {
  const { t } = useTranslation();
  return (
    <Panel title={t('triage.told')}>
      <div className="k-stack">
        <TextInput label={t('report_field.subject')} value={draft.subject} maxLength={300} error={faultOf(faults, 'subject')} onChange={(event) => set({ subject: event.currentTarget.value })} autoComplete="off" data-autofocus />
        <Textarea label={t('report_field.text')} description={t('triage.text_note')} value={draft.text} autosize minRows={6} maxRows={24} maxLength={100_000} spellCheck={false} error={faultOf(faults, 'text')} onChange={(event) => set({ text: event.currentTarget.value })} />
        <div className="k-form-row">
          <Select label={t('report_field.channel')} data={toldChannels.map((channel) => ({ value: channel, label: t(`report_channel.${channel}`) }))} value={draft.channel} error={faultOf(faults, 'channel')} allowDeselect={false} onChange={(channel) => set({ channel: channel ?? draft.channel })} />
          <MomentField label={t('report_field.received_at')} value={draft.received_at} error={faultOf(faults, 'received_at')} onChange={(next) => set({ received_at: next })} />
        </div>
      </div>
    </Panel>
  );
}

function Who({ draft, faults, set }: PartProps) {
  const { t } = useTranslation();
  const field = (name: 'name' | 'email' | 'phone', maxLength: number) => ({ value: draft[name], maxLength, error: faultOf(faults, `reporter.${name}`), onChange: (event: { currentTarget: { value: string } }) => set({ [name]: event.currentTarget.value }), autoComplete: 'off' });
  return (
    <Panel title={t('triage.reporter')} note={t('triage.reporter_note')}>
      <div className="k-stack">
        <div className="k-form-row">
          <TextInput label={t('field.name')} {...field('name', 200)} />
          <TextInput label={t('contact.email')} {...field('email', 254)} />
          <TextInput label={t('contact.phone')} {...field('phone', 50)} />
        </div>
        <div className="k-form-row">
          <OrganisationChoice label={t('field.organisation')} value={draft.organisation} onChange={(organisation) => set({ organisation })} error={faultOf(faults, 'organisation')} />
          <Select label={t('report_field.language')} data={tongues.map((tongue) => ({ value: tongue, label: t(`language.${tongue}`) }))} value={draft.language} error={faultOf(faults, 'language')} onChange={(language) => set({ language })} clearable clearButtonProps={{ 'aria-label': t('action.clear') }} />
        </div>
      </div>
    </Panel>
  );
}

function Labels({ draft, faults, set }: PartProps) {
  const { t } = useTranslation();
  return (
    <Panel title={t('triage.labels')}>
      <div className="k-stack">
        <div className="k-form-row">
          <LabelChoice tlp={draft.tlp} pap={draft.pap} onChange={set} />
        </div>
        {draft.tlp === 'red' && <ReaderChoice note={t('readers.choose_note')} chosen={draft.readers} error={faultOf(faults, 'readers')} onChange={(readers) => set({ readers })} />}
      </div>
    </Panel>
  );
}

interface ReportFormProps {
  error: Error | null;
  saving: boolean;
  /** `letGo` once it is sent. */
  onSave: (input: ReportInput, letGo: () => void) => void;
  onCancel: () => void;
}

/** Takes down what somebody told. */
export function ReportForm({ error, saving, onSave, onCancel }: ReportFormProps) {
  const { t, i18n } = useTranslation();
  const [begun] = useState<Draft>(() => emptyDraft(tongues.find((tongue) => tongue === i18n.resolvedLanguage) ?? null));
  const [draft, setDraft] = useState(begun);
  const input = inputOf(draft);
  const letGo = useUnsaved(JSON.stringify(draft) !== JSON.stringify(begun));
  const faults = error instanceof ContractError ? error.fields : noFields;
  const form = useLedToFault(error);
  const part: PartProps = { draft, faults, set: (change) => setDraft({ ...draft, ...change }) };
  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    if (input !== undefined) onSave(input, letGo);
  };
  return (
    <form ref={form} className="k-form" onSubmit={submit} noValidate>
      {error !== null && <Failure error={error} labels="report_field" />}
      <What {...part} />
      <Who {...part} />
      <Labels {...part} />
      <div className="k-form-end">
        <Button type="submit" size="sm" loading={saving} disabled={input === undefined}>
          {t('triage.send')}
        </Button>
        <Button variant="default" size="sm" onClick={() => { letGo(); onCancel(); }}>
          {t('action.cancel')}
        </Button>
      </div>
    </form>
  );
}
