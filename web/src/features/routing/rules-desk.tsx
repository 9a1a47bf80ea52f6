import { Button } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useMemo, useState, type SyntheticEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { ContractError } from '@/contract/problem';
import type { Routing, RoutingInput } from '@/contract/types';
import { useMay } from '@/contract/use-session';
import { Refusal } from '@/ui/refusal';
import { useLedToFault } from '@/ui/use-led-to-fault';
import { useUnsaved } from '@/ui/unsaved';
import { WhyField } from '@/ui/why-field';
import { AuthorityFields } from './authority-fields';
import { authoritiesOf, draftOf, faultsByRule, hoursOf, inputOf, inputOfStored, type Rule } from './draft';
import { HoursFields } from './hours-fields';
import { figuresByRule } from './plan';
import { PlanView } from './plan-view';
import { RulesList } from './rules-list';
import { Sending } from './sending';
import { usePlan, type Reach } from './use-routing';

const noFields: ReadonlyMap<string, string> = new Map();
/** Milliseconds without a change before the preview is asked for. */
const pause = 500;

interface RulesDeskProps {
  routing: Routing;
  error: Error | null;
  saving: boolean;
  /** `letGo` once it is saved. */
  onSave: (input: RoutingInput, why: string, letGo: () => void) => void;
  onRenew: () => void;
}

/** The rules, as a draft while they are changed, beside what they would send. */
export function RulesDesk({ routing, error, saving, onSave, onRenew }: RulesDeskProps) {
  const { t } = useTranslation();
  const manages = useMay()('routing.manage');
  const [begun] = useState(() => draftOf(routing));
  const [rules, setRules] = useState(begun);
  const [sends, setSends] = useState(routing.sends);
  const [hours, setHours] = useState(hoursOf(routing));
  const [authorities, setAuthorities] = useState(authoritiesOf(routing));
  const [why, setWhy] = useState('');
  const [reach, setReach] = useState<Reach>('open');
  const [sent, setSent] = useState<readonly Rule[]>(begun);
  const stored = useMemo(() => JSON.stringify({ ...inputOfStored(routing), sends: false }), [routing]);
  const isChanged = JSON.stringify(inputOf(rules, false, hours, authorities)) !== stored || sends !== routing.sends;
  const letGo = useUnsaved(isChanged || why !== '');
  const [tried] = useDebouncedValue(rules, pause);
  const [triedHours] = useDebouncedValue(hours, pause);
  const [triedAuthorities] = useDebouncedValue(authorities, pause);
  const triedInput = useMemo(() => inputOf(tried, false, triedHours, triedAuthorities), [tried, triedHours, triedAuthorities]);
  const isOther = JSON.stringify(triedInput) !== stored;
  const plan = usePlan(isOther ? triedInput : null, reach);
  const before = usePlan(null, reach);
  const fields = error instanceof ContractError ? error.fields : noFields;
  const faults = useMemo(() => faultsByRule(sent, fields), [sent, fields]);
  const form = useLedToFault(error);
  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    setSent(rules);
    onSave(inputOf(rules, sends, hours, authorities), why, letGo);
  };
  const giveUp = () => {
    setRules(begun);
    setSends(routing.sends);
    setHours(hoursOf(routing));
    setAuthorities(authoritiesOf(routing));
    setWhy('');
  };
  return (
    <div className="k-rules-desk">
      <form ref={form} className="k-stack" onSubmit={submit} noValidate>
        {error !== null && <Refusal error={error} labels="routing_field" onRenew={onRenew} />}
        <Sending sends={sends} {...(manages ? { onChange: setSends } : {})} />
        <HoursFields hours={hours} faults={fields} {...(manages ? { onChange: setHours } : {})} />
        <AuthorityFields authorities={authorities} faults={fields} {...(manages ? { onChange: setAuthorities } : {})} />
        <RulesList rules={rules} hours={hours} faults={faults} figures={plan.data === undefined || rules !== tried ? undefined : figuresByRule(plan.data)} {...(manages ? { change: setRules } : {})} />
        {manages && isChanged && (
          <>
            <WhyField value={why} onChange={setWhy} />
            <div className="k-save-bar k-no-print">
              <span>{t('routing.unsaved')}</span>
              <Button variant="default" size="sm" onClick={giveUp}>
                {t('routing.give_up')}
              </Button>
              <Button type="submit" size="sm" loading={saving}>
                {t('action.save')}
              </Button>
            </div>
          </>
        )}
      </form>
      <PlanView plan={plan.data} stored={isOther ? before.data : undefined} error={plan.error} retry={() => void plan.refetch()} busy={plan.isFetching || rules !== tried || hours !== triedHours || authorities !== triedAuthorities} reach={reach} onReach={setReach} />
    </div>
  );
}
