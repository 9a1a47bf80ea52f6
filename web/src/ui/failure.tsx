import { Button } from '@mantine/core';
import { IconAlertTriangle, IconRefresh } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { ContractError, failureOf, mayHelpToRetry, type Failure as ContractFailure } from '@/contract/problem';
import { ChangedMeanwhile } from './changed-meanwhile';
import { useFormat } from './format';
import type { LabelGroup } from './field-name';
import { isKnown, Reason } from './reason';

/** `prevented` is a conflict of which the desk knows the reason. */
type Kind = ContractFailure | 'fault' | 'prevented';

/** Of many faults the first; each field has its own beside it. */
const mostTold = 10;

/** What the server added that helps: the faulty fields, or why it cannot answer or do it. */
function detailsOf(error: unknown, kind: Kind, fields: ReadonlyMap<string, string> | undefined): readonly string[] {
  if (!(error instanceof ContractError) || !['invalid', 'unavailable', 'refused', 'prevented'].includes(kind)) return [];
  if (error.fields.size > 0) return [...(fields ?? error.fields)].map(([field, message]) => `${field}: ${message}`);
  return error.message === '' ? [] : [error.message];
}

interface FailureProps {
  error: unknown;
  /** The faulty fields where a form counts its lines otherwise than the server was sent them. */
  fields?: ReadonlyMap<string, string> | undefined;
  /** The form's own labels. */
  labels?: LabelGroup | undefined;
  /** The desk's own fault; without it what the error says of itself. */
  kind?: Kind;
  retry?: () => void;
  /** Another way out than asking again. */
  action?: ReactNode;
}

/** What happened, whether anything was lost, what to do. */
export function Failure({ error, fields, labels, kind: own, retry, action }: FailureProps) {
  const { t, i18n } = useTranslation();
  const format = useFormat();
  const failure = failureOf(error);
  const isPrevented = failure === 'conflict' && error instanceof ContractError && isKnown(error.message, t, i18n);
  const kind = own ?? (isPrevented ? 'prevented' : failure);
  const details = detailsOf(error, kind, fields);
  return (
    <div className="k-failure" role="alert">
      <IconAlertTriangle size={20} aria-hidden />
      <div>
        <p className="k-failure-title">{t(`failure.${kind}.title`)}</p>
        <p>{t(`failure.${kind}.text`)}</p>
        {details.slice(0, mostTold).map((detail) => (
          <p key={detail} className="k-failure-detail">
            <Reason text={detail} labels={labels} />
          </p>
        ))}
        {details.length > mostTold && <p className="k-failure-detail">{t('failure.more', { count: details.length - mostTold, n: format.number(details.length - mostTold) })}</p>}
        {error instanceof ContractError && error.meanwhile !== undefined && <ChangedMeanwhile meanwhile={error.meanwhile} />}
        {retry !== undefined && mayHelpToRetry(error) && (
          <Button size="xs" variant="default" mt="xs" leftSection={<IconRefresh size={14} aria-hidden />} onClick={retry}>
            {t('action.retry')}
          </Button>
        )}
        {action}
      </div>
    </div>
  );
}
