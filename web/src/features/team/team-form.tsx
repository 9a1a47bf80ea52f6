import { Button, SegmentedControl, Switch, Textarea, TextInput } from '@mantine/core';
import { useEffect, useRef, useState, type SyntheticEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { ContractError } from '@/contract/problem';
import { tongues, type Language, type Team, type TeamInput } from '@/contract/types';
import { Panel } from '@/ui/panel';
import { faultOf } from '@/ui/reason';
import { Refusal } from '@/ui/refusal';
import { useUnsaved } from '@/ui/unsaved';
import { WhyField } from '@/ui/why-field';
import { entriesOf, groups, inputOf, isList, isText, type Field, type TextField } from './fields';

interface TeamFormProps {
  team: Team;
  language: Language;
  onLanguage: (language: Language) => void;
  onRenew: () => void;
  error: Error | null;
  saving: boolean;
  /** `letGo` once it is saved. */
  onSave: (input: TeamInput, why: string, letGo: () => void) => void;
}

const noFaults: ReadonlyMap<string, string> = new Map();
const own: Readonly<Record<Language, string>> = { mk: 'Македонски', sq: 'Shqip', en: 'English' };

interface FieldProps {
  field: Field;
  draft: TeamInput;
  language: Language;
  faults: ReadonlyMap<string, string>;
  set: (change: Partial<TeamInput>) => void;
}

/** A text in the language that is being written; those of the others show below while this one is empty. */
function LocalField({ field, draft, language, faults, set }: FieldProps & { field: TextField }) {
  const { t } = useTranslation();
  const text = draft[field];
  const other = tongues.find((tongue) => tongue !== language && text[tongue] !== '');
  const note = text[language] === '' && other !== undefined ? `${own[other]}: ${text[other]}` : undefined;
  const shared = {
    label: t(`team_field.${field}`),
    description: note,
    value: text[language],
    lang: language,
    error: faultOf(faults, `${field}.${language}`),
    onChange: (event: { currentTarget: { value: string } }) => set({ [field]: { ...text, [language]: event.currentTarget.value } }),
  };
  return field === 'name' ? <TextInput {...shared} /> : <Textarea {...shared} autosize minRows={2} maxRows={12} />;
}

function OneField(props: FieldProps) {
  const { field, draft, faults, set } = props;
  const { t, i18n } = useTranslation();
  const [typed, setTyped] = useState(() => (isList(field) ? draft[field].join(field === 'languages' ? ', ' : '\n') : ''));
  if (isText(field, draft)) return <LocalField {...props} field={field} />;
  const note = `team_note.${field}`;
  const shared = { label: t(`team_field.${field}`), description: i18n.exists(note) ? t(note) : undefined };
  if (isList(field)) {
    const error = faultOf(faults, [...faults.keys()].find((path) => path.startsWith(field)) ?? field);
    const onChange = (event: { currentTarget: { value: string } }) => {
      setTyped(event.currentTarget.value);
      set({ [field]: entriesOf(event.currentTarget.value) });
    };
    return field === 'languages' ? <TextInput {...shared} value={typed} error={error} onChange={onChange} /> : <Textarea {...shared} autosize minRows={2} value={typed} error={error} onChange={onChange} />;
  }
  const error = faultOf(faults, field);
  const value = draft[field];
  if (typeof value !== 'string') return null;
  const onChange = (event: { currentTarget: { value: string } }) => set({ [field]: event.currentTarget.value });
  return field === 'pgp_key' ? <Textarea {...shared} value={value} error={error} onChange={onChange} autosize minRows={4} maxRows={10} spellCheck={false} /> : <TextInput {...shared} value={value} error={error} onChange={onChange} autoComplete="off" />;
}

/** What the team says of itself: all of it stands on the portal as soon as it is saved. */
export function TeamForm({ team, language, onLanguage, onRenew, error, saving, onSave }: TeamFormProps) {
  const { t } = useTranslation();
  const [begun] = useState<TeamInput>(() => inputOf(team));
  const [draft, setDraft] = useState(begun);
  const [why, setWhy] = useState('');
  const letGo = useUnsaved(JSON.stringify(draft) !== JSON.stringify(begun) || why !== '');
  const set = (change: Partial<TeamInput>) => setDraft((present) => ({ ...present, ...change }));
  const faults = error instanceof ContractError ? error.fields : noFaults;
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => {
    if (error === null) return;
    const faulty = error instanceof ContractError ? [...error.fields.keys()].map((path) => tongues.find((tongue) => path.endsWith(`.${tongue}`))) : [];
    const elsewhere = faulty.find((tongue) => tongue !== undefined);
    if (elsewhere !== undefined) onLanguage(elsewhere);
    form.current?.querySelector<HTMLElement>('[role=alert], [aria-invalid=true]')?.scrollIntoView({ block: 'center' });
    // eslint-disable-next-line react-hooks/exhaustive-deps -- once for each refusal
  }, [error]);
  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    onSave(draft, why, letGo);
  };
  return (
    <form ref={form} className="k-form" onSubmit={submit} noValidate>
      {error !== null && <Refusal error={error} labels="team_field" onRenew={onRenew} />}
      <Panel title={t('team.language')} note={t('team.language_note')}>
        <SegmentedControl aria-label={t('team.language')} value={language} onChange={(value) => onLanguage(tongues.find((tongue) => tongue === value) ?? language)} data={tongues.map((tongue) => ({ value: tongue, label: own[tongue] }))} />
      </Panel>
      {groups.map(({ key, fields }) => (
        <Panel key={key} title={t(`team_group.${key}`)}>
          <div className="k-stack">
            {fields.map((field) => (
              <OneField key={field} field={field} draft={draft} language={language} faults={faults} set={set} />
            ))}
          </div>
        </Panel>
      ))}
      <Panel title={t('team.figures')}>
        <div className="k-stack">
          <Switch label={t('team.figures_label')} description={t('team.figures_note')} checked={draft.publishes_figures} onChange={(event) => set({ publishes_figures: event.currentTarget.checked })} />
          <WhyField value={why} onChange={setWhy} />
        </div>
      </Panel>
      <div className="k-form-end">
        <Button type="submit" size="sm" loading={saving}>
          {t('action.save')}
        </Button>
      </div>
    </form>
  );
}
