// Of this form only; the first view does without them.
import '@mantine/core/styles/Pill.css';
import '@mantine/core/styles/PillsInput.css';
import { Autocomplete, Button, Checkbox, MultiSelect, NumberInput, Select, TextInput } from '@mantine/core';
import type { SyntheticEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { taxonomy } from '@/contract/rsit';
import { paps, tlps } from '@/contract/types';
import { useSources } from '@/contract/use-sources';
import { Panel } from '@/ui/panel';
import { TextSource } from '@/ui/text-source';
import { bodyType, type Intake } from './intake';
import { useReaders } from './use-readers';

interface ImportFormProps {
  intake: Intake;
  example: string;
  busy: boolean;
  onChange: (intake: Intake) => void;
  onImport: () => void;
}

/** Who may read a list under TLP:RED. */
function ReaderChoice({ chosen, onChange }: { chosen: readonly string[]; onChange: (readers: string[]) => void }) {
  const { t } = useTranslation();
  const { data: people } = useReaders();
  return (
    <MultiSelect
      label={t('readers.choose')}
      description={t('readers.choose_note')}
      data={(people ?? []).map(({ id, full_name }) => ({ value: id, label: full_name ?? id }))}
      value={[...chosen]}
      onChange={onChange}
      maxValues={50}
      searchable
      clearable
      clearButtonProps={{ 'aria-label': t('action.clear') }}
      nothingFoundMessage={t('list.none')}
    />
  );
}

export function ImportForm({ intake, example, busy, onChange, onImport }: ImportFormProps) {
  const { t } = useTranslation();
  const { data: sources } = useSources();
  const set = (change: Partial<Intake>) => onChange({ ...intake, ...change });
  const clear = { 'aria-label': t('action.clear') };
  const word = (group: 'class' | 'type') => (id: string) => ({ value: id, label: t(`rsit.${group}.${id.replaceAll('-', '_')}`) });
  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    onImport();
  };
  return (
    <form className="k-stack" onSubmit={submit}>
      <Panel title={t('import.what')}>
        <TextSource label={t('import.text')} accept=".txt,.csv,.tsv,.netset,.ipset,text/plain,text/csv" value={intake.text} placeholder={example} onChange={(text) => set({ text })} />
      </Panel>
      <Panel title={t('indicators.import_whose')}>
        <div className="k-stack">
          <div className="k-form-row">
            <Autocomplete label={t('field.source')} description={t('indicators.source_note')} required maxLength={200} data={(sources ?? []).map(({ name }) => name)} value={intake.source} onChange={(source) => set({ source })} />
            <NumberInput label={t('field.confidence')} description={t('indicators.confidence_note')} min={0} max={100} clampBehavior="strict" value={intake.confidence} onChange={(value) => set({ confidence: typeof value === 'number' ? value : 0 })} />
            <NumberInput label={t('indicators.valid_days')} description={t('indicators.valid_days_note')} min={1} max={3650} value={intake.validDays ?? ''} onChange={(value) => set({ validDays: typeof value === 'number' ? value : null })} />
          </div>
          <div className="k-form-row">
            <Select label={t('field.class')} data={Object.keys(taxonomy).map(word('class'))} value={intake.class} onChange={(next) => set({ class: next, type: null })} clearable clearButtonProps={clear} searchable nothingFoundMessage={t('list.none')} />
            <Select label={t('field.type')} disabled={intake.class === null} data={(taxonomy[intake.class ?? ''] ?? []).map(word('type'))} value={intake.type} onChange={(type) => set({ type })} clearable clearButtonProps={clear} />
            <Select label={t('field.tlp')} data={tlps.map((tlp) => ({ value: tlp, label: `TLP:${tlp.toUpperCase()}` }))} value={intake.tlp} allowDeselect={false} onChange={(tlp) => set({ tlp: (tlp) ?? intake.tlp })} />
            <Select label={t('field.pap')} data={paps.map((pap) => ({ value: pap, label: `PAP:${pap.toUpperCase()}` }))} value={intake.pap} allowDeselect={false} onChange={(pap) => set({ pap: (pap) ?? intake.pap })} />
          </div>
          {intake.tlp === 'red' && <ReaderChoice chosen={intake.readers} onChange={(readers) => set({ readers })} />}
          {bodyType(intake.text) === 'text/csv' && <TextInput label={t('indicators.column')} description={t('indicators.column_note')} value={intake.column} onChange={(event) => set({ column: event.currentTarget.value })} maw={360} />}
          <Checkbox label={t('indicators.allow_reserved')} checked={intake.allowReserved} onChange={(event) => set({ allowReserved: event.currentTarget.checked })} />
          <div className="k-form-end">
            <Button type="submit" size="sm" loading={busy} disabled={intake.text.trim() === '' || intake.source.trim() === ''}>
              {t('action.import')}
            </Button>
          </div>
        </div>
      </Panel>
    </form>
  );
}
