import { Button, Textarea, TextInput } from '@mantine/core';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Finding, FindingState } from '@/contract/types';
import { DeedDialog } from '@/ui/deed-dialog';
import { Failure } from '@/ui/failure';
import { sayUndoable } from '@/ui/undo';
import { say } from '@/ui/toast';
import { isForPage } from '@/ui/use-key';
import { useNoun, useTakeStep, type Wanted } from './use-findings';

/** What is only done with a reason, and the key of what is done often. */
export const needReason: readonly FindingState[] = ['accepted_risk', 'not_ours', 'false_positive'];
const keys: Partial<Record<FindingState, string>> = { acknowledged: 'a', claimed_fixed: 'f' };
const days = (count: number) => new Date(Date.now() + count * 86_400_000).toISOString().slice(0, 10);

/** Where one would go to take a step back, if one may. */
const wayBack = (before: FindingState, after: Finding): FindingState | undefined =>
  [before, 'acknowledged' as const, 'reopened' as const].find((state) => after.next_states.includes(state));

function useGo(finding: Finding) {
  const { t } = useTranslation();
  const take = useTakeStep();
  const go = (wanted: Wanted, done?: () => void) =>
    take.mutate(
      { finding, wanted },
      {
        onSuccess: ({ finding: after }) => {
          done?.();
          const text = t('findings.done', { place: finding.place, state: t(`finding_state.${after.state}`) });
          const back = wayBack(finding.state, after);
          if (back === undefined) say(text);
          else sayUndoable(`finding:${finding.id}`, text, (why) => take.mutateAsync({ finding: after, wanted: { to: back, reason: why } }), t('findings.done', { place: finding.place, state: t(`finding_state.${back}`) }));
        },
      },
    );
  return { go, take };
}

interface ReasonDialogProps {
  title: string;
  to: FindingState;
  doing: { error: Error | null; isPending: boolean };
  onDo: (wanted: Wanted) => void;
  onClose: () => void;
}

export function ReasonDialog({ title, to, doing, onDo, onClose }: ReasonDialogProps) {
  const { t } = useTranslation();
  const noun = useNoun();
  const [reason, setReason] = useState('');
  const [until, setUntil] = useState(days(90));
  const wanted: Wanted = { to, reason, ...(to === 'accepted_risk' ? { until: `${until}T00:00:00Z` } : {}) };
  return (
    <DeedDialog title={title} deed={t(`finding_deed.${noun}.${to}`)} tone="plain" doing={doing} told={reason.trim() !== '' && (to !== 'accepted_risk' || until !== '')} onDo={() => onDo(wanted)} onClose={onClose}>
      <p>{t(`findings.what_${to}`)}</p>
      {to === 'accepted_risk' && <TextInput type="date" label={t('findings.until')} required min={days(1)} max={days(1095)} value={until} onChange={(event) => setUntil(event.currentTarget.value)} />}
      <Textarea label={t('findings.reason')} description={t('findings.reason_note')} required autosize minRows={2} maxRows={8} maxLength={450} value={reason} onChange={(event) => setReason(event.currentTarget.value)} data-autofocus />
    </DeedDialog>
  );
}

interface DeedsProps {
  finding: Finding;
  /** Of the next states those that are offered here; all of them where nothing is told. */
  offered?: readonly FindingState[];
  /** Whether the frequent ones have a key: only where one finding is shown. */
  keyed?: boolean;
}

/** What one may do about a finding. */
export function Deeds({ finding, offered = finding.next_states, keyed = true }: DeedsProps) {
  const { t } = useTranslation();
  const noun = useNoun();
  const { go, take } = useGo(finding);
  const [asked, setAsked] = useState<FindingState>();
  const start = (to: FindingState) => (needReason.includes(to) || (noun === 'steps' && to === 'reopened') ? setAsked(to) : go({ to }));
  useEffect(() => {
    if (!keyed) return undefined;
    const press = (event: KeyboardEvent) => {
      if (!isForPage(event)) return;
      const to = offered.find((state) => keys[state] === event.key);
      if (to === undefined) return;
      event.preventDefault();
      start(to);
    };
    document.addEventListener('keydown', press);
    return () => document.removeEventListener('keydown', press);
  });
  if (offered.length === 0) return null;
  const first = offered.find((state) => keys[state] !== undefined);
  return (
    <div className="k-stack">
      {take.error !== null && asked === undefined && <Failure error={take.error} />}
      <div className="k-finding-deeds">
        {offered.map((to) => (
          <Button key={to} variant={to === first ? 'filled' : 'default'} loading={take.isPending && asked === undefined && take.variables.wanted.to === to} onClick={() => start(to)} rightSection={!keyed || keys[to] === undefined ? undefined : <kbd className="k-key">{keys[to].toUpperCase()}</kbd>} aria-keyshortcuts={keyed ? keys[to] : undefined}>
            {t(`finding_deed.${noun}.${to}`)}
          </Button>
        ))}
      </div>
      {asked !== undefined && <ReasonDialog title={t('findings.because', { place: finding.place })} to={asked} doing={take} onDo={(wanted) => go(wanted, () => setAsked(undefined))} onClose={() => setAsked(undefined)} />}
    </div>
  );
}
