// How a message stands: whether it needs a person, what helps, and what may be done with it. Pure.
import type { Message, MessagePage, MessageState, MessageSummary } from '@/contract/types';

/** Somebody has to see to it. */
export const needy: readonly MessageState[] = ['held', 'failed', 'bounced'];
const underWay: readonly MessageState[] = ['waiting', 'sending'];

export const isUnderWay = (state: MessageState): boolean => underWay.includes(state);
export const mayRetry = (state: MessageState): boolean => needy.includes(state) || state === 'waiting';
export const mayCancel = (state: MessageState): boolean => ['waiting', 'held', 'failed'].includes(state);

export const figuresOf = (states: MessagePage['states']) => {
  const of = (wanted: readonly MessageState[]) => wanted.reduce((sum, state) => sum + (states[state] ?? 0), 0);
  return { all: Object.values(states).reduce((sum, count) => sum + count, 0), needy: of(needy), underWay: of(underWay) };
};

/** What helps, of the text `message_advice.<advice>`. */
export type Advice = 'ask_key' | 'new_key' | 'own_key' | 'contact' | 'address' | 'rejected' | 'expired' | 'altered' | 'webhook';

const advices: Readonly<Record<string, Advice>> = {
  no_key: 'ask_key',
  key_expired: 'new_key',
  key_revoked: 'new_key',
  key_not_yet_valid: 'new_key',
  key_cannot_encrypt: 'new_key',
  not_encrypted: 'new_key',
  no_own_key: 'own_key',
  no_contact: 'contact',
  address_disabled: 'address',
  rejected: 'rejected',
  expired: 'expired',
  altered: 'altered',
  gone: 'webhook',
  no_webhook: 'webhook',
  webhook_off: 'webhook',
};

export const adviceOf = ({ state, reason }: Pick<MessageSummary, 'state' | 'reason'>): Advice | undefined => (needy.includes(state) && reason !== null ? advices[reason] : undefined);

/** Whether it would help that the organisation takes mail that is not encrypted: `never` under the strictest labels. */
export function plainHelps({ state, reason, tlp, pap }: Pick<MessageSummary, 'state' | 'reason' | 'tlp' | 'pap'>): 'yes' | 'never' | undefined {
  const wantsKey = state === 'held' && ['ask_key', 'new_key', 'own_key'].includes(adviceOf({ state, reason }) ?? '') && reason !== 'not_encrypted';
  if (!wantsKey) return undefined;
  return tlp === 'red' || pap === 'red' ? 'never' : 'yes';
}

/** What the gate decided last. */
export const decisionOf = ({ decisions }: Pick<Message, 'decisions'>): Message['decisions'][number] | undefined => decisions.at(-1);
