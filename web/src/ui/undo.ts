import { t } from 'i18next';
import { ContractError, failureOf } from '@/contract/problem';
import { say } from './toast';

/** Why all is as it was. */
function reasonOf(error: unknown): string {
  const failure = failureOf(error);
  if (failure !== 'stale') return t('undo.failed', { what: t(`failure.${failure}.title`) });
  const name = error instanceof ContractError ? (error.meanwhile?.changed_by_name ?? null) : null;
  return name === null ? t('undo.stale') : t('undo.stale_by', { name });
}

/**
 * Says that something was done at the server, and for a while offers to undo it. `reverse` asks the server for what stood
 * before, on the version that the deed made, so that what others changed meanwhile is left as it is; `why` is for the trail.
 * `subject` is the record as the trail names it: only the last of its deeds can be undone.
 */
export function sayUndoable(subject: string, text: string, reverse: (why: string) => Promise<unknown>, undone: string = t('undo.done')): void {
  const undo = () =>
    reverse(t('undo.why')).then(
      () => say(undone),
      (error: unknown) => say(reasonOf(error), 'bad'),
    );
  say(text, 'good', { text: t('action.undo'), run: () => void undo(), subject });
}
