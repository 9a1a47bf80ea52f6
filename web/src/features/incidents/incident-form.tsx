import '@mantine/core/styles/Radio.css';
import { Button, Checkbox, MultiSelect, Radio, Select, TagsInput, Textarea, TextInput } from '@mantine/core';
import { useState, type SyntheticEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { ContractError } from '@/contract/problem';
import type { Incident, IncidentInput } from '@/contract/types';
import { useReaders } from '@/contract/use-readers';
import { labelOf, useSectors } from '@/contract/use-sectors';
import { useSession } from '@/contract/use-session';
import { LabelChoice } from '@/ui/label-choice';
import { textIn } from '@/ui/local-text';
import { MomentField } from '@/ui/moment-field';
import { Panel } from '@/ui/panel';
import { ReaderChoice } from '@/ui/reader-choice';
import { faultOf } from '@/ui/reason';
import { Refusal } from '@/ui/refusal';
import { RsitChoice } from '@/ui/rsit-choice';
import { useUnsaved } from '@/ui/unsaved';
import { useLedToFault } from '@/ui/use-led-to-fault';
import { draftOf, inputOf, type Draft } from './draft';
import { useWords } from './use-words';

const noFields: ReadonlyMap<string, string> = new Map();
const below: ('label' | 'input' | 'description' | 'error')[] = ['label', 'input', 'description', 'error'];

interface PartProps {
  draft: Draft;
  faults: ReadonlyMap<string, string>;
  set: (change: Partial<Draft>) => void;
}

/** Of a list the fault of any of its values. */
function faultIn(faults: ReadonlyMap<string, string>, list: string) {
  const field = [...faults.keys()].find((each) => each === list || each.startsWith(`${list}[`));
  return field === undefined ? undefined : faultOf(faults, field);
}

function What({ draft, faults, set }: PartProps) {
  const { t } = useTranslation();
  return (
    <Panel title={t('incidents.what')}>
      <div className="k-stack">
        <TextInput label={t('incident_field.title')} required value={draft.title} maxLength={200} error={faultOf(faults, 'title')} onChange={(event) => set({ title: event.currentTarget.value })} autoComplete="off" />
        <div className="k-form-row">
          <RsitChoice classId={draft.class} typeId={draft.type} required onChange={set} errors={{ class: faultOf(faults, 'class'), type: faultOf(faults, 'type') }} />
        </div>
        <Textarea label={t('incident_field.summary')} description={t('incidents.markdown')} inputWrapperOrder={below} value={draft.summary} autosize minRows={4} maxRows={20} maxLength={20_000} error={faultOf(faults, 'summary')} onChange={(event) => set({ summary: event.currentTarget.value })} />
      </div>
    </Panel>
  );
}

/** Each level with what it means, so that two people choose the same. */
function Severity({ draft, faults, set }: PartProps) {
  const { t } = useTranslation();
  const { severities, language } = useWords();
  return (
    <Panel title={t('incident_field.severity')} note={t('incidents.severity_note')}>
      <Radio.Group aria-label={t('incident_field.severity')} value={draft.severity} error={faultOf(faults, 'severity')} onChange={(next) => set({ severity: severities.find(({ id }) => id === next)?.id ?? null })}>
        <div className="k-incident-levels">
          {severities.map(({ id, means, national_level: level }) => (
            <Radio key={id} value={id} label={`${t(`severity.${id}`)} · ${t('incidents.national_level', { level })}`} description={textIn(means, language)} />
          ))}
        </div>
      </Radio.Group>
    </Panel>
  );
}

function Who({ draft, faults, set, incident }: PartProps & { incident: Incident | undefined }) {
  const { t } = useTranslation();
  const { data: people } = useReaders();
  const known = (people ?? []).map(({ id, full_name: name }) => ({ value: id, label: name ?? id }));
  const lead = incident?.lead ?? null;
  const leads = lead === null || known.some(({ value }) => value === lead.id) ? known : [...known, { value: lead.id, label: lead.full_name ?? t('actor.unknown') }];
  return (
    <Panel title={t('incidents.who')}>
      <div className="k-stack">
        <div className="k-form-row">
          <Select label={t('incident_field.lead')} placeholder={t('incidents.nobody')} data={leads} value={draft.lead} error={faultOf(faults, 'lead')} onChange={(next) => set({ lead: next })} searchable clearable clearButtonProps={{ 'aria-label': t('action.clear') }} nothingFoundMessage={t('list.none')} />
          <LabelChoice tlp={draft.tlp} pap={draft.pap} onChange={set} />
        </div>
        {draft.tlp === 'red' && <ReaderChoice note={t('readers.choose_note')} chosen={draft.readers} error={faultIn(faults, 'readers')} onChange={(readers) => set({ readers })} />}
      </div>
    </Panel>
  );
}

function Touched({ draft, faults, set }: PartProps) {
  const { t, i18n } = useTranslation();
  const { data: sectors } = useSectors();
  const list = (name: 'services' | 'tags' | 'techniques') => ({
    label: t(`incident_field.${name}`),
    value: [...draft[name]],
    error: faultIn(faults, name),
    maxTags: 50,
    inputWrapperOrder: below,
    onChange: (values: string[]) => set({ [name]: values }),
  });
  return (
    <Panel title={t('incidents.touched')}>
      <div className="k-stack">
        <div className="k-form-row">
          <MultiSelect label={t('incident_field.sectors')} data={(sectors ?? []).map(({ id }) => ({ value: id, label: labelOf(sectors, id, i18n.resolvedLanguage ?? 'en') }))} value={[...draft.sectors]} error={faultIn(faults, 'sectors')} onChange={(next) => set({ sectors: next })} maxValues={20} searchable nothingFoundMessage={t('list.none')} />
          <TagsInput {...list('services')} description={t('incidents.list_note')} splitChars={[]} />
        </div>
        <div className="k-form-row">
          <TagsInput {...list('techniques')} description={t('incidents.techniques_note')} />
          <TagsInput {...list('tags')} description={t('incidents.list_note')} />
        </div>
        <Checkbox label={t('incident_field.cross_border')} description={t('incidents.cross_border_note')} checked={draft.cross_border} onChange={(event) => set({ cross_border: event.currentTarget.checked })} />
      </div>
    </Panel>
  );
}

function When({ draft, faults, set }: PartProps) {
  const { t } = useTranslation();
  return (
    <Panel title={t('incidents.times')}>
      <div className="k-form-row">
        <MomentField label={t('incident_field.happened_at')} value={draft.happened_at} error={faultOf(faults, 'happened_at')} onChange={(next) => set({ happened_at: next })} />
        <MomentField label={t('incident_field.detected_at')} value={draft.detected_at} error={faultOf(faults, 'detected_at')} onChange={(next) => set({ detected_at: next })} />
      </div>
    </Panel>
  );
}

interface IncidentFormProps {
  incident: Incident | undefined;
  /** What of a new one is known before. */
  known?: Partial<Draft>;
  error: Error | null;
  saving: boolean;
  /** `letGo` once it is saved. */
  onSave: (input: IncidentInput, letGo: () => void) => void;
  onCancel: () => void;
  onRenew: () => void;
}

/** Opens an incident, or changes one. */
export function IncidentForm({ incident, known, error, saving, onSave, onCancel, onRenew }: IncidentFormProps) {
  const { t } = useTranslation();
  const writer = useSession()?.user.id;
  const [begun] = useState<Draft>(() => ({ ...draftOf(incident, writer), ...known }));
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
      {error !== null && <Refusal error={error} labels="incident_field" onRenew={onRenew} />}
      <What {...part} />
      <Severity {...part} />
      <Who {...part} incident={incident} />
      <Touched {...part} />
      <When {...part} />
      <div className="k-form-end">
        <Button type="submit" size="sm" loading={saving} disabled={input === undefined}>
          {incident === undefined ? t('incidents.open') : t('action.save')}
        </Button>
        <Button variant="default" size="sm" onClick={() => { letGo(); onCancel(); }}>
          {t('action.cancel')}
        </Button>
      </div>
    </form>
  );
}
