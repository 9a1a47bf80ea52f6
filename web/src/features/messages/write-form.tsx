import { Button, Select, Textarea, TextInput } from '@mantine/core';
import { IconSend } from '@tabler/icons-react';
import { useEffect, useState, type SyntheticEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { ContractError } from '@/contract/problem';
import { paths } from '@/contract/paths';
import { paps, tlps, type MessagePreview, type Organisation, type WrittenMessages } from '@/contract/types';
import { DeedDialog } from '@/ui/deed-dialog';
import { useFormat } from '@/ui/format';
import { useNavigate } from '@/ui/navigate';
import { Panel } from '@/ui/panel';
import { say } from '@/ui/toast';
import { useUnsaved } from '@/ui/unsaved';
import { bodyOf, fits, foretoldIn, forget, isAddressed, isWritten, keep, kept, longestSubject, longestText, newDraft, writable, type Draft } from './draft';
import { ForetoldPanel, useForetold } from './foretold';
import { RecipientsFields } from './recipients-fields';
import { usePreview, useWrite } from './use-messages';

const noFields: ReadonlyMap<string, string> = new Map();

const isReachable = ({ contacts }: Organisation): boolean => contacts.some(({ email }) => email !== null);

/** What leaves, to whom and under which label, once more before it does. */
function Sending({ draft, organisation, preview, onClose, onSent }: { draft: Draft; organisation: Organisation; preview: MessagePreview; onClose: () => void; onSent: (written: WrittenMessages) => void }) {
  const { t } = useTranslation();
  const sentence = useForetold();
  const sending = useWrite();
  const { encrypted, plain } = foretoldIn(preview.items);
  return (
    <DeedDialog title={t('messages.send_title', { name: organisation.name, label: preview.label })} deed={t(encrypted + plain === 0 ? 'messages.hold' : 'messages.send')} tone="plain" doing={sending} onDo={() => sending.mutate(bodyOf(organisation.id, draft), { onSuccess: onSent })} onClose={onClose}>
      <p>
        <strong>{draft.subject}</strong>
      </p>
      <p>{preview.items.map(({ contact, address }) => `${contact} <${address}>`).join(', ')}</p>
      <p>{sentence(preview.items)}</p>
    </DeedDialog>
  );
}

/** A message to contacts of one organisation; what is typed stays in this tab until it is sent. */
export function WriteForm({ organisation, person }: { organisation: Organisation; person: string }) {
  const { t, i18n } = useTranslation();
  const format = useFormat();
  const navigate = useNavigate();
  const [draft, setDraft] = useState<Draft>(() => kept(person, organisation.id) ?? newDraft(organisation, i18n.resolvedLanguage ?? 'en'));
  const [sending, setSending] = useState(false);
  const addressed = isAddressed(draft);
  const asked = usePreview(addressed ? bodyOf(organisation.id, draft) : undefined);
  const faults = asked.error instanceof ContractError ? asked.error.fields : noFields;
  // What this browser does not keep is asked about before it is left.
  const letGo = useUnsaved(draft.tlp === 'red' && draft.subject + draft.text !== '');
  const set = (change: Partial<Draft>) => setDraft({ ...draft, ...change });
  useEffect(() => {
    if (addressed || draft.subject !== '' || draft.text !== '') keep(person, organisation.id, draft);
  }, [person, organisation.id, draft, addressed]);
  const preview = addressed && asked.error === null && !asked.isFetching ? asked.data : undefined;
  const mayGo = preview !== undefined && isWritten(draft) && foretoldIn(preview.items).refused === 0;
  const sent = ({ items }: WrittenMessages) => {
    forget(person, organisation.id);
    letGo();
    const [first] = items;
    const held = items.filter(({ state }) => state === 'held').length;
    say(held === 0 ? t('messages.entered', { ticket: first?.ticket, count: items.length, n: format.number(items.length) }) : t('messages.entered_held', { ticket: first?.ticket, count: held, n: format.number(held) }), held === 0 ? 'good' : 'bad');
    navigate(paths.messages({ organisation: organisation.id, ...(first === undefined ? {} : { open: first.id }) }));
  };
  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    if (mayGo) setSending(true);
  };
  const clear = () => {
    forget(person, organisation.id);
    setDraft(newDraft(organisation, i18n.resolvedLanguage ?? 'en'));
  };
  return (
    <form className="k-columns k-write" onSubmit={submit} noValidate>
      <div>
        <Panel title={t('messages.whom')}>
          {isReachable(organisation) ? <RecipientsFields contacts={organisation.contacts} draft={draft} faults={faults} onChange={set} /> : <p className="k-faint">{t('messages.nobody_there')}</p>}
        </Panel>
        <Panel title={t('messages.what')}>
          <div className="k-stack">
            <div className="k-form-row">
              <Select label={t('message_field.language')} data={writable.map((code) => ({ value: code, label: format.languageName(code) }))} value={draft.language} allowDeselect={false} onChange={(language) => set({ language: language ?? draft.language })} />
              <Select label={t('field.tlp')} data={tlps.map((tlp) => ({ value: tlp, label: `TLP:${tlp.toUpperCase()}` }))} value={draft.tlp} allowDeselect={false} onChange={(tlp) => set({ tlp: tlp ?? draft.tlp })} />
              <Select label={t('field.pap')} data={paps.map((pap) => ({ value: pap, label: `PAP:${pap.toUpperCase()}` }))} value={draft.pap} allowDeselect={false} onChange={(pap) => set({ pap: pap ?? draft.pap })} />
            </div>
            <TextInput label={t('message_field.subject')} description={t('messages.subject_note')} inputWrapperOrder={['label', 'input', 'description', 'error']} required value={draft.subject} onChange={(event) => fits(event.currentTarget.value, longestSubject) && set({ subject: event.currentTarget.value })} autoComplete="off" />
            <Textarea label={t('message_field.text')} description={t('messages.text_note')} inputWrapperOrder={['label', 'input', 'description', 'error']} required value={draft.text} error={fits(draft.text, longestText) ? undefined : t('messages.too_long')} autosize minRows={10} maxRows={30} onChange={(event) => set({ text: event.currentTarget.value })} />
            <p className="k-faint">{t(draft.tlp === 'red' ? 'messages.not_kept' : 'messages.kept')}</p>
          </div>
        </Panel>
      </div>
      <div className="k-write-aside">
        <ForetoldPanel asked={asked} addressed={addressed} />
        <div className="k-form-end">
          <Button type="submit" size="sm" disabled={!mayGo} leftSection={<IconSend size={15} aria-hidden />}>
            {t('messages.send_to')}
          </Button>
          <Button variant="default" size="sm" onClick={clear}>
            {t('messages.clear')}
          </Button>
        </div>
      </div>
      {sending && preview !== undefined && <Sending draft={draft} organisation={organisation} preview={preview} onClose={() => setSending(false)} onSent={sent} />}
    </form>
  );
}
