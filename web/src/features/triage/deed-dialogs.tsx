import { Textarea, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ReportStory } from '@/contract/types';
import { DeedDialog } from '@/ui/deed-dialog';
import { useFormat } from '@/ui/format';
import { IncidentChoice } from '@/ui/incident-choice';
import { incidentsOf } from './kinship';
import type { Choice } from './use-decision';

interface DialogProps {
  story: ReportStory;
  doing: { error: Error | null; isPending: boolean };
  onDo: (choice: Choice) => void;
  onClose: () => void;
}

const most = 1000;
const orNull = (text: string) => (text.trim() === '' ? null : text.trim());

/** How many it is done to. */
function useWhole(): (story: ReportStory) => string {
  const { t } = useTranslation();
  const format = useFormat();
  return ({ report: { waiting_in_group: count } }) => t('triage.of_all', { count, n: format.number(count) });
}

/** Takes them into an incident that is there, first of all into the one to which their group leads. */
export function MergeDialog({ story, doing, onDo, onClose }: DialogProps) {
  const { t } = useTranslation();
  const whole = useWhole();
  const likely = incidentsOf(story);
  const [into, setInto] = useState<string | null>(likely[0]?.id ?? null);
  return (
    <DeedDialog title={t('triage.join_title')} deed={t('triage.join')} tone="plain" doing={doing} told={into !== null} onDo={() => into !== null && onDo({ decision: 'join', into })} onClose={onClose}>
      <p>{whole(story)}</p>
      <IncidentChoice label={t('incidents.one')} value={into} onChange={setInto} likely={likely} />
    </DeedDialog>
  );
}

export function RefuseDialog({ story, doing, onDo, onClose }: DialogProps) {
  const { t } = useTranslation();
  const whole = useWhole();
  const [reason, setReason] = useState('');
  return (
    <DeedDialog title={t('triage.refuse_title')} deed={t('triage.refuse')} tone="plain" doing={doing} told={reason.trim() !== ''} onDo={() => onDo({ decision: 'refuse', reason: reason.trim() })} onClose={onClose}>
      <p>{whole(story)}</p>
      <Textarea label={t('report_field.reason')} description={t('triage.reason_note')} required autosize minRows={2} maxRows={8} maxLength={most} value={reason} onChange={(event) => setReason(event.currentTarget.value)} data-autofocus />
    </DeedDialog>
  );
}

export function PassOnDialog({ story, doing, onDo, onClose }: DialogProps) {
  const { t } = useTranslation();
  const whole = useWhole();
  const [to, setTo] = useState('');
  const [reason, setReason] = useState('');
  return (
    <DeedDialog title={t('triage.pass_on_title')} deed={t('triage.pass_on')} tone="plain" doing={doing} told={to.trim() !== ''} onDo={() => onDo({ decision: 'pass_on', to: to.trim(), reason: orNull(reason) })} onClose={onClose}>
      <p>
        {whole(story)} {t('triage.pass_on_text')}
      </p>
      <TextInput label={t('report_field.to')} required maxLength={200} value={to} onChange={(event) => setTo(event.currentTarget.value)} autoComplete="off" data-autofocus />
      <Textarea label={t('why.label')} description={t('triage.reason_note')} autosize minRows={2} maxRows={8} maxLength={most} value={reason} onChange={(event) => setReason(event.currentTarget.value)} />
    </DeedDialog>
  );
}
