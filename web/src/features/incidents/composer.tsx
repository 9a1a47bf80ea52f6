import { Button, SegmentedControl, Textarea } from '@mantine/core';
import { IconSend } from '@tabler/icons-react';
import { useRef, useState, type KeyboardEvent, type SyntheticEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { ContractError } from '@/contract/problem';
import type { IncidentEntryInput } from '@/contract/types';
import { Failure } from '@/ui/failure';
import { MomentField } from '@/ui/moment-field';
import { faultOf } from '@/ui/reason';
import { say } from '@/ui/toast';
import { useUnsaved } from '@/ui/unsaved';
import { useKey } from '@/ui/use-key';
import { useWriteEntry } from './use-incidents';

const kinds: readonly IncidentEntryInput['kind'][] = ['note', 'done', 'said', 'happened'];
const noFields: ReadonlyMap<string, string> = new Map();

/** Writes into the timeline; what stands there stays. */
export function Composer({ incident }: { incident: string }) {
  const { t } = useTranslation();
  const write = useWriteEntry(incident);
  const field = useRef<HTMLTextAreaElement>(null);
  const [kind, setKind] = useState<IncidentEntryInput['kind']>('note');
  const [text, setText] = useState('');
  const [at, setAt] = useState<string | null>(null);
  const empty = text.trim() === '';
  useUnsaved(!empty);
  useKey('n', () => field.current?.focus());
  const faults = write.error instanceof ContractError ? write.error.fields : noFields;
  const written = () => {
    setText('');
    setAt(null);
    say(t('incidents.written_said'));
  };
  const send = () => {
    if (!empty && !write.isPending) write.mutate({ kind, text: text.trim(), at }, { onSuccess: written });
  };
  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    send();
  };
  const press = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    send();
  };
  return (
    <form className="k-composer k-no-print" onSubmit={submit}>
      {write.error !== null && <Failure error={write.error} labels="incident_field" />}
      <SegmentedControl aria-label={t('incident_field.kind')} value={kind} onChange={setKind} data={kinds.map((each) => ({ value: each, label: t(`incident_entry.${each}`) }))} />
      <Textarea ref={field} label={t(`incidents.write_${kind}`)} placeholder={t('incidents.markdown')} autosize minRows={2} maxRows={16} maxLength={20_000} value={text} error={faultOf(faults, 'text')} onChange={(event) => setText(event.currentTarget.value)} onKeyDown={press} aria-keyshortcuts="n" />
      <div className="k-composer-end">
        <MomentField label={t('incidents.when')} value={at} onChange={setAt} error={faultOf(faults, 'at')} />
        <Button type="submit" disabled={empty} loading={write.isPending} leftSection={<IconSend size={14} aria-hidden />} rightSection={<kbd className="k-key">Ctrl ↵</kbd>} aria-keyshortcuts="Control+Enter">
          {t('incidents.write')}
        </Button>
      </div>
    </form>
  );
}
