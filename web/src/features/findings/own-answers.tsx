import { Button } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Finding, FindingState, StepsTaken } from '@/contract/types';
import { useFormat } from '@/ui/format';
import { say } from '@/ui/toast';
import { needReason, ReasonDialog } from './deeds';
import { useTakeSteps, type Wanted } from './use-findings';

/** What an owner answers, most often first. */
export const answers = ['acknowledged', 'claimed_fixed', 'help_needed', 'not_ours'] as const satisfies readonly FindingState[];

/** One answer for all that were chosen; of each answer, how many can be given it. */
export function OwnAnswers({ chosen, onDone }: { chosen: readonly Finding[]; onDone: () => void }) {
  const { t } = useTranslation();
  const format = useFormat();
  const take = useTakeSteps();
  const [asked, setAsked] = useState<FindingState>();
  if (chosen.length === 0) return null;
  const whoMay = (to: FindingState) => chosen.filter(({ next_states: next }) => next.includes(to)).map(({ id }) => id);
  const told = ({ done, items }: StepsTaken) => {
    const text = t('own.answered', { count: done, n: format.number(done) });
    if (done === items.length) say(text);
    else say(`${text} ${t('own.not_answered', { count: items.length - done, n: format.number(items.length - done) })}`, 'bad');
    setAsked(undefined);
    onDone();
  };
  const give = (wanted: Wanted) => take.mutate({ ids: whoMay(wanted.to), wanted }, { onSuccess: told, onError: () => asked === undefined && say(t('findings.not_done'), 'bad') });
  const number = format.number(chosen.length);
  return (
    <div className="k-own-together" role="region" aria-label={t('own.together')}>
      <strong aria-live="polite">{t('own.chosen', { count: chosen.length, n: number })}</strong>
      <div className="k-finding-deeds">
        {answers
          .filter((to) => whoMay(to).length > 0)
          .map((to, index) => (
            <Button key={to} variant={index === 0 ? 'filled' : 'default'} loading={take.isPending && asked === undefined && take.variables.wanted.to === to} onClick={() => (needReason.includes(to) ? setAsked(to) : give({ to }))}>
              {t(`finding_deed.answers.${to}`)}
            </Button>
          ))}
        <Button variant="subtle" onClick={onDone}>
          {t('own.choose_none')}
        </Button>
      </div>
      {asked !== undefined && <ReasonDialog title={t('own.because', { count: chosen.length, n: number })} to={asked} doing={take} onDo={give} onClose={() => setAsked(undefined)} />}
    </div>
  );
}
