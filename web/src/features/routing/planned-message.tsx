import { IconAlertTriangle, IconClock, IconLock, IconLockOpen, IconMail } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { paths } from '@/contract/paths';
import type { PlannedMessage as Message } from '@/contract/types';
import { useMay } from '@/contract/use-session';
import { useFormat } from '@/ui/format';
import { nameIn, onlyChannel } from './draft';
import { PlannedFindings } from './planned-findings';
import { useWords } from './use-words';

const tones: Readonly<Partial<Record<Message['deed'], string>>> = { remind: 'warn', escalate: 'bad' };
const ciphers = { openpgp: 'OpenPGP', smime: 'S/MIME' } as const;

/** To whom, in which role, and whether others can read it on the way. */
function Recipients({ message }: { message: Message }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { role: named } = useWords();
  return (
    <ul className="k-recipients">
      {message.recipients.map(({ name, role, email, language, encrypts_by }, index) => {
        const written = message.language ?? language;
        return (
          <li key={index}>
            <IconMail size={14} aria-hidden />
            <span className="k-recipient">
              <strong>{name}</strong>
              {message.side !== 'team' && <span className="k-faint"> · {named(role)}</span>} · <span className="k-address">{email}</span>
            </span>
            <span className="k-marks">
              <span className="k-mark" data-tone={encrypts_by === null ? 'warn' : 'good'}>
                {encrypts_by === null ? <IconLockOpen size={12} aria-hidden /> : <IconLock size={12} aria-hidden />}
                {encrypts_by === null ? t('routing.not_encrypted') : ciphers[encrypts_by]}
              </span>
              {written !== null && <span className="k-mark">{format.languageName(written)}</span>}
            </span>
          </li>
        );
      })}
    </ul>
  );
}

/** Nobody is there to be told, and what helps. */
function Lost({ message: { side, organisation } }: { message: Message }) {
  const { t } = useTranslation();
  const may = useMay();
  return (
    <p className="k-lost">
      <IconAlertTriangle size={15} aria-hidden />
      <span>{t(`routing.lost_${side}`)}</span>
      {side === 'team' && may('team.manage') && <Link to={paths.team}>{t('nav.team')}</Link>}
      {side === 'organisation' && may('organisations.write') && organisation !== null && <Link to={paths.organisationEdit(organisation.id)}>{t('contact.add')}</Link>}
    </p>
  );
}

/** When it leaves, where that is not now, and what it waits for. */
function Wait({ waits }: { waits: NonNullable<Message['waits']> }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { until, because, holiday } = waits;
  return (
    <p className="k-waits">
      <IconClock size={14} aria-hidden />
      <span>
        {t('routing.waits_until', { moment: `${format.weekday(until)}, ${format.time(until)}` })} <span className="k-faint">· {holiday === null ? t(`routing.waits_${because}`) : nameIn(holiday, format.language)}</span>
      </span>
    </p>
  );
}

/** One message as it would go out. */
export function PlannedMessage({ message }: { message: Message }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { organisation, rule, deed, side, after_days: days, counts, waits, recipients, attachment, findings, samples } = message;
  const only = onlyChannel(message);
  const escalated = deed !== 'escalate' || side === 'organisation' ? '' : t(`routing.to_${side}`);
  return (
    <li className="k-planned" data-lost={recipients.length === 0 || undefined}>
      <p className="k-planned-head">
        {organisation === null ? <span className="k-faint">{t('routing.organisation_gone')}</span> : <Link to={paths.organisation(organisation.id)} className="k-strong">{organisation.name}</Link>}
        <span className="k-mark" data-tone={tones[deed]}>
          {t(`routing.deed_${deed}`)}
        </span>
        {days !== null && <span className="k-faint">{t(counts === 'days' ? 'routing.after_days' : 'routing.after_working_days', { count: days, n: format.number(days) })}</span>}
        {escalated !== '' && <span className="k-faint">{escalated}</span>}
      </p>
      {waits !== null && <Wait waits={waits} />}
      {recipients.length === 0 ? <Lost message={message} /> : <Recipients message={message} />}
      <details>
        <summary>
          {t('routing.findings', { count: findings, n: format.number(findings) })}
          <span className="k-faint">
            {' '}
            · {t('routing.by_rule', { number: rule.number, name: nameIn(rule.name, format.language) })} · {t(`routing.attachment_${attachment}`)}
            {only !== undefined && days === null && ` · ${t(`routing.only_${only}`)}`}
          </span>
        </summary>
        <PlannedFindings samples={samples} total={findings} />
      </details>
    </li>
  );
}
