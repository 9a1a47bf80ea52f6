import { Button, Textarea } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Incident } from '@/contract/types';
import { DeedDialog } from '@/ui/deed-dialog';
import { Failure } from '@/ui/failure';
import { say } from '@/ui/toast';
import { sayUndoable } from '@/ui/undo';
import { useTakeStep, type Step } from './use-incidents';
import { useWords } from './use-words';

interface ReasonDialogProps {
  incident: Incident;
  to: string;
  doing: { error: Error | null; isPending: boolean };
  onDo: (reason: string) => void;
  onClose: () => void;
}

function ReasonDialog({ incident, to, doing, onDo, onClose }: ReasonDialogProps) {
  const { t } = useTranslation();
  const words = useWords();
  const [reason, setReason] = useState('');
  return (
    <DeedDialog title={t('incidents.because', { number: incident.number, state: words.inSentence(to) })} deed={words.state(to)} tone="plain" doing={doing} told={reason.trim() !== ''} onDo={() => onDo(reason.trim())} onClose={onClose}>
      <Textarea label={t('incident_field.reason')} description={t('incidents.reason_note')} required autosize minRows={2} maxRows={8} maxLength={1000} value={reason} onChange={(event) => setReason(event.currentTarget.value)} data-autofocus />
    </DeedDialog>
  );
}

/** Where an incident may be taken from here. What needs a reason asks for it; what can be taken back offers that. */
export function Steps({ incident }: { incident: Incident }) {
  const { t } = useTranslation();
  const words = useWords();
  const take = useTakeStep();
  const [asked, setAsked] = useState<string>();
  const told = (state: string) => t('incidents.stepped', { number: incident.number, state: words.inSentence(state) });
  const go = (step: Step) =>
    take.mutate(
      { incident, step },
      {
        onSuccess: ({ incident: after }) => {
          setAsked(undefined);
          if (!after.next_states.includes(incident.state)) say(told(after.state));
          else sayUndoable(`incident:${incident.id}`, told(after.state), (why) => take.mutateAsync({ incident: after, step: { to: incident.state, reason: why } }), told(incident.state));
        },
      },
    );
  if (incident.next_states.length === 0) return null;
  const usual = incident.next_states.find((to) => !words.needsReason(to));
  return (
    <div className="k-stack">
      {take.error !== null && asked === undefined && <Failure error={take.error} />}
      <div className="k-incident-deeds" role="group" aria-label={t('incidents.further')}>
        {incident.next_states.map((to) => (
          <Button key={to} variant={to === usual ? 'filled' : 'default'} loading={take.isPending && asked === undefined && take.variables.step.to === to} onClick={() => (words.needsReason(to) ? setAsked(to) : go({ to, reason: null }))}>
            {words.state(to)}
            {words.needsReason(to) && '…'}
          </Button>
        ))}
      </div>
      {asked !== undefined && <ReasonDialog incident={incident} to={asked} doing={take} onDo={(reason) => go({ to: asked, reason })} onClose={() => setAsked(undefined)} />}
    </div>
  );
}
