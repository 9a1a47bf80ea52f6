import { ActionIcon, Button, Checkbox, NumberInput, Select, Textarea, TextInput } from '@mantine/core';
import { IconPlus, IconTrash } from '@tabler/icons-react';
import { useState, type SyntheticEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { ContractError } from '@/contract/problem';
import { feedKinds, type Feed, type FeedInput } from '@/contract/types';
import { Panel } from '@/ui/panel';
import { faultOf } from '@/ui/reason';
import { Refusal } from '@/ui/refusal';
import { useUnsaved } from '@/ui/unsaved';
import { useLedToFault } from '@/ui/use-led-to-fault';
import { draftOf, inputOf, isName, isReadByItself, ownMapping, type Draft, type HeaderDraft, type MailboxDraft, type ShadowserverDraft } from './draft';
import { choicesWith, spanText } from './spans';

const periods = [300, 900, 3_600, 21_600, 43_200, 86_400, 604_800];
const expectations = [3_600, 21_600, 43_200, 93_600, 172_800, 691_200];
const never = '';
const mostHeaders = 10;
const noFields: ReadonlyMap<string, string> = new Map();

interface PartProps {
  draft: Draft;
  faults: ReadonlyMap<string, string>;
  set: (change: Partial<Draft>) => void;
}

function Who({ draft, faults, set, added }: PartProps & { added: boolean }) {
  const { t } = useTranslation();
  const misnamed = draft.name !== '' && !isName(draft.name) ? t('feeds.name_rule') : undefined;
  return (
    <Panel title={t('feeds.which')}>
      <div className="k-stack">
        <div className="k-form-row">
          <TextInput label={t('feeds.title')} required value={draft.title} maxLength={200} error={faultOf(faults, 'title')} onChange={(event) => set({ title: event.currentTarget.value })} autoComplete="off" />
          <TextInput label={t('field.name')} description={t('feeds.name_note')} inputWrapperOrder={['label', 'input', 'description', 'error']} required disabled={added} value={draft.name} maxLength={63} error={faultOf(faults, 'name') ?? misnamed} onChange={(event) => set({ name: event.currentTarget.value })} autoComplete="off" autoCapitalize="none" spellCheck={false} />
        </div>
        <div>
          <Select label={t('feeds.how')} disabled={added} value={draft.kind} onChange={(kind) => set({ kind: kind ?? draft.kind })} data={feedKinds.map((kind) => ({ value: kind, label: t(`feed_kind.${kind}`) }))} allowDeselect={false} />
          <p className="k-line-note">{t(`feeds.way_${draft.kind}`)}</p>
        </div>
        <Checkbox label={t('feeds.enabled')} checked={draft.enabled} onChange={(event) => set({ enabled: event.currentTarget.checked })} />
      </div>
    </Panel>
  );
}

function Web({ draft, faults, set }: PartProps) {
  const { t } = useTranslation();
  const folder = draft.kind === 'misp';
  const change = (index: number, change: Partial<HeaderDraft>) => set({ headers: draft.headers.map((each, at) => (at === index ? { ...each, ...change } : each)) });
  return (
    <Panel title={t('feeds.web')} note={t('feeds.web_note')}>
      <div className="k-stack">
        <TextInput label={t(folder ? 'feeds.misp_url' : 'feeds.url')} type="url" required value={draft.url} maxLength={2000} placeholder={folder ? 'https://feeds.example/misp/' : 'https://feeds.example/list.csv'} error={faultOf(faults, 'url') ?? faultOf(faults, 'headers')} onChange={(event) => set({ url: event.currentTarget.value })} autoComplete="off" spellCheck={false} />
        {draft.headers.map((header, index) => (
          <div key={index} className="k-form-row">
            <TextInput label={t('feeds.header_name')} value={header.name} placeholder="X-Api-Key" error={faultOf(faults, `headers[${index}].name`)} onChange={(event) => change(index, { name: event.currentTarget.value, kept: false })} autoComplete="off" spellCheck={false} />
            <TextInput label={t('feeds.header_value')} type="password" value={header.value} placeholder={header.kept ? t('feeds.header_kept') : ''} error={faultOf(faults, `headers[${index}].value`)} onChange={(event) => change(index, { value: event.currentTarget.value })} autoComplete="new-password" />
            <ActionIcon variant="default" size="lg" mt="lg" aria-label={t('feeds.header_remove', { name: header.name })} onClick={() => set({ headers: draft.headers.filter((_, at) => at !== index) })}>
              <IconTrash size={15} aria-hidden />
            </ActionIcon>
          </div>
        ))}
        {draft.headers.length < mostHeaders && (
          <div>
            <Button variant="default" leftSection={<IconPlus size={14} aria-hidden />} onClick={() => set({ headers: [...draft.headers, { name: '', value: '', kept: false }] })}>
              {t('feeds.header_add')}
            </Button>
          </div>
        )}
      </div>
    </Panel>
  );
}

function Mailbox({ draft, faults, set }: PartProps) {
  const { t } = useTranslation();
  const { mailbox } = draft;
  const change = (change: Partial<MailboxDraft>) => set({ mailbox: { ...mailbox, ...change } });
  const sender = [...faults.keys()].find((field) => field.startsWith('mailbox.senders'));
  return (
    <Panel title={t('feeds.mailbox')} note={t('feeds.mailbox_note')}>
      <div className="k-stack">
        <div className="k-form-row">
          <TextInput label={t('feeds.mail_server')} description={t('feeds.mail_server_note')} inputWrapperOrder={['label', 'input', 'description', 'error']} required value={draft.url} maxLength={2000} placeholder="imaps://mail.example.org" error={faultOf(faults, 'url')} onChange={(event) => set({ url: event.currentTarget.value })} autoComplete="off" autoCapitalize="none" spellCheck={false} />
          <TextInput label={t('feeds.mail_folder')} required value={mailbox.folder} maxLength={200} error={faultOf(faults, 'mailbox.folder')} onChange={(event) => change({ folder: event.currentTarget.value })} autoComplete="off" spellCheck={false} />
        </div>
        <div className="k-form-row">
          <TextInput label={t('feeds.mail_user')} required value={mailbox.user} maxLength={200} error={faultOf(faults, 'mailbox.user')} onChange={(event) => change({ user: event.currentTarget.value })} autoComplete="off" autoCapitalize="none" spellCheck={false} />
          <TextInput label={t('feeds.mail_password')} type="password" required={!mailbox.kept} value={mailbox.password} placeholder={mailbox.kept ? t('feeds.header_kept') : ''} error={faultOf(faults, 'mailbox.password')} onChange={(event) => change({ password: event.currentTarget.value })} autoComplete="new-password" />
        </div>
        <Textarea label={t('feeds.mail_senders')} description={t('feeds.mail_senders_note')} inputWrapperOrder={['label', 'input', 'description', 'error']} value={mailbox.senders} autosize minRows={2} maxRows={10} placeholder="@partner.example" spellCheck={false} error={sender === undefined ? undefined : faultOf(faults, sender)} onChange={(event) => change({ senders: event.currentTarget.value })} />
        <TextInput label={t('feeds.mail_moved_to')} description={t('feeds.mail_moved_to_note')} inputWrapperOrder={['label', 'input', 'description', 'error']} value={mailbox.moved_to} maxLength={200} error={faultOf(faults, 'mailbox.moved_to')} onChange={(event) => change({ moved_to: event.currentTarget.value })} autoComplete="off" spellCheck={false} />
      </div>
    </Panel>
  );
}

function Shadowserver({ draft, faults, set }: PartProps) {
  const { t } = useTranslation();
  const { shadowserver } = draft;
  const change = (change: Partial<ShadowserverDraft>) => set({ shadowserver: { ...shadowserver, ...change } });
  const faultIn = (list: string) => [...faults.keys()].find((field) => field.startsWith(`shadowserver.${list}`));
  const [report, type] = [faultIn('reports'), faultIn('types')];
  const kept = shadowserver.kept ? t('feeds.header_kept') : '';
  return (
    <Panel title={t('feeds.shadowserver')} note={t('feeds.shadowserver_note')}>
      <div className="k-stack">
        <div className="k-form-row">
          <TextInput label={t('feeds.api_key')} type="password" required={!shadowserver.kept} value={shadowserver.key} placeholder={kept} error={faultOf(faults, 'shadowserver.key')} onChange={(event) => change({ key: event.currentTarget.value })} autoComplete="new-password" />
          <TextInput label={t('feeds.api_secret')} type="password" required={!shadowserver.kept} value={shadowserver.secret} placeholder={kept} error={faultOf(faults, 'shadowserver.secret')} onChange={(event) => change({ secret: event.currentTarget.value })} autoComplete="new-password" />
        </div>
        <div className="k-form-row">
          <Textarea label={t('feeds.report_types')} description={t('feeds.report_types_note')} inputWrapperOrder={['label', 'input', 'description', 'error']} value={shadowserver.types} autosize minRows={2} maxRows={10} placeholder="scan_dns" spellCheck={false} error={type === undefined ? undefined : faultOf(faults, type)} onChange={(event) => change({ types: event.currentTarget.value })} />
          <Textarea label={t('feeds.subscriptions')} description={t('feeds.subscriptions_note')} inputWrapperOrder={['label', 'input', 'description', 'error']} value={shadowserver.reports} autosize minRows={2} maxRows={10} spellCheck={false} error={report === undefined ? undefined : faultOf(faults, report)} onChange={(event) => change({ reports: event.currentTarget.value })} />
        </div>
        <NumberInput label={t('feeds.days_back')} description={t('feeds.days_back_note')} inputWrapperOrder={['label', 'input', 'description', 'error']} value={shadowserver.days} min={1} max={90} clampBehavior="strict" allowDecimal={false} error={faultOf(faults, 'shadowserver.days')} onChange={(days) => change({ days: Number(days) })} />
        <div className="k-form-row">
          <TextInput label={t('feeds.api_url')} type="url" value={draft.url} maxLength={2000} placeholder="https://transform.shadowserver.org/api2/" error={faultOf(faults, 'url')} onChange={(event) => set({ url: event.currentTarget.value })} autoComplete="off" spellCheck={false} />
          <TextInput label={t('feeds.downloads')} type="url" value={shadowserver.downloads} maxLength={2000} error={faultOf(faults, 'shadowserver.downloads')} onChange={(event) => change({ downloads: event.currentTarget.value })} autoComplete="off" spellCheck={false} />
        </div>
      </div>
    </Panel>
  );
}

function Reading({ draft, faults, set, formats }: PartProps & { formats: readonly string[] }) {
  const { t } = useTranslation();
  const shown = (format: string) => (format === 'auto' ? t('feeds.format_auto') : format);
  const choices = [...formats.map((format) => ({ value: format, label: shown(format) })), { value: ownMapping, label: t('feeds.own_mapping') }];
  return (
    <Panel title={t('feeds.reading')}>
      <div className="k-stack">
        <div className="k-form-row">
          <Select label={t('feeds.format')} description={t('feeds.format_note')} inputWrapperOrder={['label', 'input', 'description', 'error']} data={choices} value={draft.format} allowDeselect={false} searchable nothingFoundMessage={t('list.none')} error={faultOf(faults, 'format')} onChange={(format) => set({ format: format ?? draft.format })} />
          <TextInput label={t('field.source')} description={t('feeds.source_note')} inputWrapperOrder={['label', 'input', 'description', 'error']} value={draft.source} placeholder={draft.name} maxLength={100} error={faultOf(faults, 'source')} onChange={(event) => set({ source: event.currentTarget.value })} autoComplete="off" />
        </div>
        {draft.format === ownMapping && (
          <Textarea label={t('feeds.own_mapping')} value={draft.mapping} autosize minRows={8} maxRows={20} required spellCheck={false} placeholder={'{"name": "our-sensor", "reads": {"form": "csv"}, "columns": {"ip": "source.ip"}}'} error={faultOf(faults, 'mapping')} onChange={(event) => set({ mapping: event.currentTarget.value })} />
        )}
      </div>
    </Panel>
  );
}

function When({ draft, faults, set }: PartProps) {
  const { t } = useTranslation();
  const told = (seconds: number) => ({ value: String(seconds), label: spanText(seconds, t) });
  return (
    <Panel title={t('feeds.when')}>
      <div className="k-form-row">
        {draft.kind !== 'push' && <Select label={t('feeds.period')} data={choicesWith(periods, draft.period).map(told)} value={String(draft.period)} allowDeselect={false} error={faultOf(faults, 'period')} onChange={(period) => set({ period: Number(period ?? draft.period) })} />}
        <Select
          label={t('feeds.expected')}
          description={t('feeds.expected_note')}
          inputWrapperOrder={['label', 'input', 'description', 'error']}
          data={[{ value: never, label: t('feeds.expected_none') }, ...choicesWith(expectations, draft.expected).map(told)]}
          value={draft.expected === null ? never : String(draft.expected)}
          allowDeselect={false}
          error={faultOf(faults, 'expected')}
          onChange={(expected) => set({ expected: expected === null || expected === never ? null : Number(expected) })}
        />
      </div>
    </Panel>
  );
}

interface FeedFormProps {
  feed: Feed | undefined;
  formats: readonly string[];
  error: Error | null;
  saving: boolean;
  /** `letGo` once it is saved. */
  onSave: (input: FeedInput, letGo: () => void) => void;
  onCancel: () => void;
  onRenew: () => void;
}

/** Adds a feed, or changes one. */
export function FeedForm({ feed, formats, error, saving, onSave, onCancel, onRenew }: FeedFormProps) {
  const { t } = useTranslation();
  const [begun] = useState<Draft>(() => draftOf(feed));
  const [draft, setDraft] = useState(begun);
  const input = inputOf(draft);
  const letGo = useUnsaved(JSON.stringify(input) !== JSON.stringify(inputOf(begun)));
  const faults = error instanceof ContractError ? error.fields : noFields;
  const form = useLedToFault(error);
  const part: PartProps = { draft, faults, set: (change) => setDraft({ ...draft, ...change }) };
  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    onSave(input, letGo);
  };
  return (
    <form ref={form} className="k-form" onSubmit={submit} noValidate>
      {error !== null && <Refusal error={error} onRenew={onRenew} />}
      <Who {...part} added={feed !== undefined} />
      {(draft.kind === 'pull' || draft.kind === 'misp') && <Web {...part} />}
      {draft.kind === 'mailbox' && <Mailbox {...part} />}
      {draft.kind === 'shadowserver' && <Shadowserver {...part} />}
      {!isReadByItself(draft.kind) && <Reading {...part} formats={formats} />}
      <When {...part} />
      <div className="k-form-end">
        <Button type="submit" size="sm" loading={saving}>
          {feed === undefined ? t('feeds.add') : t('action.save')}
        </Button>
        <Button variant="default" size="sm" onClick={() => { letGo(); onCancel(); }}>
          {t('action.cancel')}
        </Button>
      </div>
    </form>
  );
}
