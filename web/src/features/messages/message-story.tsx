import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { paths } from '@/contract/paths';
import type { Message, MessageState, MessageSummary } from '@/contract/types';
import { labelOf, useContactRoles } from '@/contract/use-sectors';
import { Facts } from '@/ui/facts';
import { useFormat } from '@/ui/format';
import { Moment } from '@/ui/moment';
import { Reason } from '@/ui/reason';
import { PapBadge, TlpBadge } from '@/ui/tlp-badge';
import { adviceOf, decisionOf, isUnderWay, plainHelps } from './stand';
import { Fingerprint, FormMark } from './way';

const tones: Partial<Record<MessageState, 'good' | 'warn' | 'bad'>> = { held: 'warn', failed: 'bad', bounced: 'bad', sent: 'good' };

export function StateMark({ state }: { state: MessageState }) {
  const { t } = useTranslation();
  return (
    <span className="k-mark" data-tone={tones[state]}>
      {t(`message_state.${state}`)}
    </span>
  );
}

export function Marks({ message: { tlp, pap, state } }: { message: MessageSummary }) {
  return (
    <>
      <TlpBadge tlp={tlp} />
      <PapBadge pap={pap} />
      <StateMark state={state} />
    </>
  );
}

/** What became of it, in a sentence. */
export function useAnswer(): (message: MessageSummary) => string {
  const { t } = useTranslation();
  const format = useFormat();
  return ({ state, channel, contact, sent_at: sent, next_at: next, attempts }) => {
    if (state === 'sent' && sent !== null && channel === 'webhook') return t('messages.answer_taken', { when: format.dayAndTime(sent) });
    if (state === 'sent' && sent !== null) return t('messages.answer_sent', { contact, when: format.dayAndTime(sent) });
    if (state === 'waiting' && attempts > 0 && next !== null) return t('messages.answer_again', { contact, when: format.dayAndTime(next), count: attempts, n: format.number(attempts) });
    return t(`messages.answer_${state}`, { contact });
  };
}

/** Why it does not leave, and what to do about it. */
export function Advice({ message }: { message: MessageSummary }) {
  const { t } = useTranslation();
  const { reason, organisation, answer } = message;
  const advice = adviceOf(message);
  const plain = plainHelps(message);
  if (reason === null || advice === undefined) return null;
  return (
    <div className="k-warning k-message-advice" role="note">
      <p>
        <strong>{t(`message_reason.${reason}`, { defaultValue: reason })}</strong>
      </p>
      <p>{t(`message_advice.${advice}`)}</p>
      {answer !== null && advice !== 'ask_key' && <Answer text={answer} />}
      {plain !== undefined && <p>{t(`messages.plain_${plain}`, { label: `TLP:${message.tlp.toUpperCase()}` })}</p>}
      {organisation !== null && advice !== 'own_key' && advice !== 'altered' && (
        <p>
          <Link to={paths.organisation(organisation.id)}>{t('messages.to_organisation', { name: organisation.name })}</Link>
        </p>
      )}
    </div>
  );
}

/** What another server said, as it said it. */
function Answer({ text }: { text: string }) {
  return (
    <code className="k-message-answer" lang="en" translate="no">
      {text}
    </code>
  );
}

export function About({ message }: { message: Message }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { data: roles } = useContactRoles();
  const { organisation, channel, contact, role, address, ticket, language, repeats } = message;
  const isMail = channel === 'mail';
  const byName = decisionOf(message)?.addressed === 'by_name';
  return (
    <Facts
      items={[
        [t('field.organisation'), organisation === null ? t('messages.organisation_gone') : <Link key="of" to={paths.organisation(organisation.id)}>{organisation.name}</Link>],
        ...(isMail ? [[
          t('field.contact'),
          <span key="contact">
            {contact}
            <span className="k-cell-two">
              {labelOf(roles, role, format.language)} · {t(byName ? 'messages.by_name' : 'messages.by_role')}
            </span>
          </span>,
        ] as const] : []),
        [t(isMail ? 'contact.email' : 'webhook.title'), <span key="address" className="k-address">{address}</span>],
        [t('messages.ticket'), <span key="ticket" className="k-address">{ticket}</span>],
        ...(isMail ? [[t('contact.language'), format.languageName(language)] as const] : []),
        [t('messages.written'), <Moment key="written" at={message.written_at} />],
        [t('messages.written_by'), message.written_by ?? t('actor.system')],
        ...(message.next_at === null ? [] : [[t('messages.next'), <Moment key="next" at={message.next_at} />] as const]),
        ...(isUnderWay(message.state) ? [[t('messages.expires'), <Moment key="expires" at={message.expires_at} />] as const] : []),
        ...(message.sent_at === null ? [] : [[t('messages.sent'), <Moment key="sent" at={message.sent_at} />] as const]),
        [t('messages.attempts'), format.number(message.attempts)],
        ...(repeats === 0 ? [] : [[t('messages.repeats'), <span key="repeats">{format.number(repeats)}<span className="k-cell-two">{t('messages.repeats_note')}</span></span>] as const]),
        [isMail ? 'Message-ID' : 'webhook-id', <span key="id" className="k-address k-message-key">{isMail ? message.message_id : message.id}</span>],
      ]}
    />
  );
}

/** How it travels and why, as the gate decided; what it decided before, below. */
export function Way({ message }: { message: Message }) {
  const { t } = useTranslation();
  const present = decisionOf(message);
  if (present === undefined) return null;
  const before = message.decisions.slice(0, -1).toReversed();
  const isToldAbove = message.state === 'held' && message.reason === present.reason;
  return (
    <div className="k-message-way">
      <p>
        {present.verdict === 'released' ? <FormMark form={present.form} /> : <StateMark state="held" />} {!isToldAbove && t(`message_reason.${present.reason}`, { defaultValue: present.reason })}
      </p>
      {present.key_fingerprint !== null && (
        <p>
          {t('messages.key')} <Fingerprint text={present.key_fingerprint} />
        </p>
      )}
      <p className="k-faint">
        {t('messages.decided')} <Moment at={present.at} />
      </p>
      {before.length > 0 && (
        <details>
          <summary>{t('messages.decided_before', { count: before.length })}</summary>
          <ul className="k-message-lines">
            {before.map(({ at, reason, verdict, form }) => (
              <li key={at + reason}>
                <Moment at={at} /> · {verdict === 'released' ? <FormMark form={form} /> : <StateMark state="held" />} {t(`message_reason.${reason}`, { defaultValue: reason })}
              </li>
            ))}
          </ul>
        </details>
      )}
    </div>
  );
}

/** Each attempt with what the mail server, or the machine behind the webhook, said. */
export function Attempts({ message: { channel, history } }: { message: Message }) {
  const { t } = useTranslation();
  if (history.length === 0) return <p className="k-faint">{t('messages.no_attempts')}</p>;
  return (
    <ol className="k-message-lines">
      {history.toReversed().map(({ number, at, outcome, code, answer }) => (
        <li key={`${number} ${at}`}>
          <strong>{t(`message_outcome.${outcome}`)}</strong> · <Moment at={at} as="full" />
          {channel === 'webhook' && answer !== null && <Reason text={answer} />}
          {channel === 'mail' && (code !== null || answer !== null) && <Answer text={[code, answer].filter((part) => part !== null && part !== '').join(' ')} />}
        </li>
      ))}
    </ol>
  );
}

/** JSON as it is easily read; what is none stays as it is. */
function indented(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text;
  }
}

/** The text as it is written, and what goes with it. Nothing of it is shown as anything but text. */
export function Contents({ message: { channel, text, language, attachments } }: { message: Message }) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <>
      {channel === 'webhook' ? (
        <pre className="k-message-text" translate="no">
          {indented(text)}
        </pre>
      ) : (
        <div className="k-message-text" lang={language} translate="no">
          {text}
        </div>
      )}
      {attachments.length > 0 && (
        <>
          <h3 className="k-part-title">{t('messages.attachments')}</h3>
          <ul className="k-message-lines">
            {attachments.map(({ name, type, bytes }, index) => (
              <li key={index}>
                <span className="k-address">{name}</span> <span className="k-faint">{type} · {format.bytes(bytes)}</span>
              </li>
            ))}
          </ul>
        </>
      )}
    </>
  );
}
