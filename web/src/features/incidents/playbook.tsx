import { ActionIcon, Checkbox, Textarea } from '@mantine/core';
import { IconCircleMinus, IconRotate } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Incident, IncidentPlaybook, IncidentPlaybookStep, IncidentStory } from '@/contract/types';
import { useMay } from '@/contract/use-session';
import { DeedDialog } from '@/ui/deed-dialog';
import { Failure } from '@/ui/failure';
import { useFormat } from '@/ui/format';
import { textIn } from '@/ui/local-text';
import { Moment } from '@/ui/moment';
import { Panel } from '@/ui/panel';
import { byPhase, progressOf } from './progress';
import { useCheck } from './use-incidents';

type Checking = ReturnType<typeof useCheck>;

interface LeaveOutProps {
  step: string;
  checking: Checking;
  onDo: (note: string) => void;
  onClose: () => void;
}

function LeaveOut({ step, checking, onDo, onClose }: LeaveOutProps) {
  const { t } = useTranslation();
  const [note, setNote] = useState('');
  return (
    <DeedDialog title={t('playbook.leave_out')} deed={t('playbook.leave_out')} tone="plain" doing={checking} told={note.trim() !== ''} onDo={() => onDo(note.trim())} onClose={onClose}>
      <p>{step}</p>
      <Textarea label={t('incident_field.reason')} description={t('incidents.reason_note')} required autosize minRows={2} maxRows={8} maxLength={1000} value={note} onChange={(event) => setNote(event.currentTarget.value)} data-autofocus />
    </DeedDialog>
  );
}

interface LineProps {
  step: IncidentPlaybookStep;
  text: string;
  may: boolean;
  checking: Checking;
  onLeaveOut: () => void;
}

function Line({ step: { id, state, at, by, note }, text, may, checking, onLeaveOut }: LineProps) {
  const { t } = useTranslation();
  const isBusy = checking.isPending && checking.variables.step === id;
  return (
    <li className="k-playbook-step" data-state={state}>
      <div>
        {state === 'left_out' ? <span className="k-faint">{text}</span> : <Checkbox label={text} checked={(isBusy ? checking.variables.state : state) === 'done'} disabled={!may} onChange={(event) => checking.mutate({ step: id, state: event.currentTarget.checked ? 'done' : 'open', note: null })} />}
        {state !== 'open' && (
          <span className="k-cell-two">
            {state === 'left_out' && t('playbook.left_out')} {by ?? t('actor.unknown')}, <Moment at={at} as="ago" />
            {note !== null && <span translate="no">: {note}</span>}
          </span>
        )}
      </div>
      {may && state === 'open' && (
        <ActionIcon variant="subtle" color="gray" disabled={isBusy} aria-label={`${t('playbook.leave_out')}: ${text}`} title={t('playbook.leave_out')} onClick={onLeaveOut}>
          <IconCircleMinus size={15} aria-hidden />
        </ActionIcon>
      )}
      {may && state === 'left_out' && (
        <ActionIcon variant="subtle" color="gray" loading={isBusy} aria-label={`${t('playbook.take_in')}: ${text}`} title={t('playbook.take_in')} onClick={() => checking.mutate({ step: id, state: 'open', note: null })}>
          <IconRotate size={15} aria-hidden />
        </ActionIcon>
      )}
    </li>
  );
}

function Checklist({ incident, playbook }: { incident: Incident; playbook: IncidentPlaybook }) {
  const { t, i18n } = useTranslation();
  const format = useFormat();
  const language = i18n.resolvedLanguage ?? 'en';
  const may = useMay()('incidents.manage') && incident.merged_into === null;
  const checking = useCheck(incident.id);
  const [leaving, setLeaving] = useState<IncidentPlaybookStep>();
  const phases = byPhase(playbook);
  const present = phases.find(({ steps }) => steps.some(({ state }) => state === 'open'));
  const progress = (part: { steps: readonly IncidentPlaybookStep[] }) => {
    const { settled, of } = progressOf(part);
    return { settled: format.number(settled), of: format.number(of) };
  };
  return (
    <Panel title={`${t('playbook.title')}: ${textIn(playbook.name, language)}`} note={t('playbook.progress', progress(playbook))}>
      {checking.error !== null && leaving === undefined && <Failure error={checking.error} />}
      {phases.map(({ phase, steps }) => (
        <details key={phase.id} className="k-playbook-phase" open={phase.id === present?.phase.id}>
          <summary>
            {textIn(phase.name, language)} <span className="k-panel-note">{t('playbook.progress', progress({ steps }))}</span>
          </summary>
          <ul>
            {steps.map((step) => (
              <Line key={step.id} step={step} text={textIn(step.text, language)} may={may} checking={checking} onLeaveOut={() => setLeaving(step)} />
            ))}
          </ul>
        </details>
      ))}
      {leaving !== undefined && (
        <LeaveOut step={textIn(leaving.text, language)} checking={checking} onDo={(note) => checking.mutate({ step: leaving.id, state: 'left_out', note }, { onSuccess: () => setLeaving(undefined) })} onClose={() => setLeaving(undefined)} />
      )}
    </Panel>
  );
}

/** What is to be thought of in an incident of its type, and how far the team has come: open where something is to be done next. */
export const Playbook = ({ story: { incident, playbook } }: { story: IncidentStory }) => (playbook === null ? null : <Checklist key={incident.id} incident={incident} playbook={playbook} />);
