import { Button, SegmentedControl } from '@mantine/core';
import { IconMailOff } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ContractError, failureOf } from '@/contract/problem';
import type { RoutingPlan } from '@/contract/types';
import { Empty } from '@/ui/empty';
import { Failure } from '@/ui/failure';
import { useFormat } from '@/ui/format';
import { Panel } from '@/ui/panel';
import { Reason } from '@/ui/reason';
import { TableSkeleton } from '@/ui/table-skeleton';
import { useAnswer, useBefore } from './answer';
import { nameIn } from './draft';
import { inOrder, lostIn } from './plan';
import { PlannedFindings } from './planned-findings';
import { PlannedMessage } from './planned-message';
import type { Reach } from './use-routing';

const reaches: readonly Reach[] = ['open', 'day'];
const shownAtFirst = 20;

/** What is not told, by reason; whose rule it was where one says so. */
function NotTold({ plan }: { plan: RoutingPlan }) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <section aria-label={t('routing.not_told')}>
      <h3 className="k-part-title">{t('routing.not_told')}</h3>
      <ul className="k-not-told">
        {plan.not_told.map(({ why, rule, findings, samples }) => (
          <li key={`${why} ${rule?.number ?? 0}`}>
            <details>
              <summary>
                <strong className="k-number">{format.number(findings)}</strong> {t(`routing_reason.${why}`)}
                {rule !== null && <span className="k-faint"> · {t('routing.by_rule', { number: rule.number, name: nameIn(rule.name, format.language) })}</span>}
              </summary>
              <PlannedFindings samples={samples} total={findings} />
            </details>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Messages({ plan }: { plan: RoutingPlan }) {
  const { t } = useTranslation();
  const format = useFormat();
  const [shown, setShown] = useState(shownAtFirst);
  const messages = inOrder(plan.messages);
  const lost = lostIn(messages);
  const unnamed = plan.message_total - messages.length;
  return (
    <section aria-label={t('routing.told')}>
      <h3 className="k-part-title">{t('routing.told')}</h3>
      {lost > 0 && <p className="k-group-error">{t('routing.lost', { count: lost, n: format.number(lost) })}</p>}
      <ul className="k-plan">
        {messages.slice(0, shown).map((message, index) => (
          <PlannedMessage key={index} message={message} />
        ))}
      </ul>
      {messages.length > shown && (
        <Button variant="subtle" onClick={() => setShown(shown + shownAtFirst)}>
          {t('action.more')}
        </Button>
      )}
      {messages.length <= shown && unnamed > 0 && <p className="k-faint">{t('routing.more_messages', { count: unnamed, n: format.number(unnamed) })}</p>}
    </section>
  );
}

/** The rules cannot be tried as they are; the last plan stands below. */
function Incomplete({ error }: { error: ContractError }) {
  const { t } = useTranslation();
  return (
    <div className="k-plan-waits" role="status">
      <p>{t('routing.incomplete')}</p>
      {[...error.fields].slice(0, 3).map(([field, message]) => (
        <p key={field} className="k-faint">
          <Reason text={`${field}: ${message}`} labels="routing_field" />
        </p>
      ))}
    </div>
  );
}

interface PlanViewProps {
  plan: RoutingPlan | undefined;
  /** By the stored rules, where the plan is by others. */
  stored: RoutingPlan | undefined;
  error: Error | null;
  retry: () => void;
  /** It is being made anew. */
  busy: boolean;
  reach: Reach;
  onReach: (reach: Reach) => void;
}

/** Who would get what now by the rules as they stand here; nothing is sent. */
export function PlanView({ plan, stored, error, retry, busy, reach, onReach }: PlanViewProps) {
  const { t } = useTranslation();
  const answer = useAnswer();
  const before = useBefore();
  const incomplete = error instanceof ContractError && failureOf(error) === 'invalid' ? error : undefined;
  return (
    <Panel
      className="k-preview"
      title={t('routing.preview')}
      note={t(busy ? 'state.loading' : 'routing.preview_note')}
      actions={<SegmentedControl size="xs" aria-label={t('routing.reach')} value={reach} onChange={(next) => onReach(reaches.find((each) => each === next) ?? reach)} data={reaches.map((value) => ({ value, label: t(`routing.reach_${value}`) }))} />}
    >
      {incomplete !== undefined && <Incomplete error={incomplete} />}
      {error !== null && incomplete === undefined && <Failure error={error} retry={retry} />}
      {plan === undefined && error === null && <TableSkeleton />}
      {plan !== undefined && (
        <div className="k-stack" aria-busy={busy}>
          {reach === 'day' && <p className="k-faint">{t('routing.day_note')}</p>}
          {/* Of the stored rules it stands above the page. */}
          {plan.findings > 0 && (stored !== undefined || reach === 'day') && (
            <p>
              {answer(plan)}
              {stored !== undefined && <span className="k-faint"> {before(stored)}</span>}
            </p>
          )}
          {plan.findings === 0 ? (
            <Empty icon={<IconMailOff size={24} />} title={t(`routing.empty_title_${reach}`)}>
              <p>{t('routing.empty_text')}</p>
            </Empty>
          ) : (
            <>
              {!plan.is_whole && <p className="k-faint">{t('routing.not_whole')}</p>}
              {plan.messages.length > 0 && <Messages plan={plan} />}
              {plan.not_told.length > 0 && <NotTold plan={plan} />}
            </>
          )}
        </div>
      )}
    </Panel>
  );
}
