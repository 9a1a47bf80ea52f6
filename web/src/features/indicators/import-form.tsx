// Of this form only; the first view does without them.
import '@mantine/core/styles/Pill.css';
import '@mantine/core/styles/PillsInput.css';
import { Autocomplete, Button, Checkbox, NumberInput, TextInput } from '@mantine/core';
import type { SyntheticEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { useSources } from '@/contract/use-sources';
import { LabelChoice } from '@/ui/label-choice';
import { Panel } from '@/ui/panel';
import { ReaderChoice } from '@/ui/reader-choice';
import { RsitChoice } from '@/ui/rsit-choice';
import { TextSource } from '@/ui/text-source';
import { bodyType, type Intake } from './intake';

interface ImportFormProps {
  intake: Intake;
  example: string;
  busy: boolean;
  onChange: (intake: Intake) => void;
  onImport: () => void;
}

export function ImportForm({ intake, example, busy, onChange, onImport }: ImportFormProps) {
  const { t } = useTranslation();
  const { data: sources } = useSources();
  const set = (change: Partial<Intake>) => onChange({ ...intake, ...change });
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
            <RsitChoice classId={intake.class} typeId={intake.type} onChange={set} />
            <LabelChoice tlp={intake.tlp} pap={intake.pap} onChange={set} />
          </div>
          {intake.tlp === 'red' && <ReaderChoice note={t('readers.choose_note')} chosen={intake.readers} onChange={(readers) => set({ readers })} />}
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
