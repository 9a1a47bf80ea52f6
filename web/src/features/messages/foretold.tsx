import { IconMailForward } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { MessagePreview } from '@/contract/types';
import { labelOf, useContactRoles } from '@/contract/use-sectors';
import { Empty } from '@/ui/empty';
import { Failure } from '@/ui/failure';
import { useFormat } from '@/ui/format';
import { Panel } from '@/ui/panel';
import { TableSkeleton } from '@/ui/table-skeleton';
import { foretoldIn, inOrder } from './draft';
import { Fingerprint, FormMark } from './way';

/** How many get it and how, in a sentence. */
export function useForetold(): (items: MessagePreview['items']) => string {
  const { t } = useTranslation();
  const format = useFormat();
  return (items) => {
    const { encrypted, plain, held, refused } = foretoldIn(items);
    const counted = (name: string, count: number) => (count === 0 ? [] : [t(`messages.foretold_${name}`, { count, n: format.number(count) })]);
    return [...counted('refused', refused), ...counted('held', held), ...counted('encrypted', encrypted), ...counted('plain', plain)].join(' ');
  };
}

function Person({ item }: { item: MessagePreview['items'][number] }) {
  const { t } = useTranslation();
  const { language } = useFormat();
  const { data: roles } = useContactRoles();
  const { contact, role, address, verdict, reason, form, key_fingerprint: key, address_disabled: disabled } = item;
  const stands = verdict === 'released' && disabled ? 'held' : verdict;
  return (
    <li data-verdict={stands}>
      <p className="k-foretold-head">
        <strong>{contact}</strong>
        <span className="k-faint">{labelOf(roles, role, language)}</span>
        {stands === 'released' ? (
          <FormMark form={form} />
        ) : (
          <span className="k-mark" data-tone={stands === 'held' ? 'warn' : 'bad'}>
            {t(stands === 'held' ? 'message_state.held' : 'messages.refused')}
          </span>
        )}
      </p>
      <p className="k-address">{address}</p>
      <p>{t(`message_reason.${disabled && verdict === 'released' ? 'address_disabled' : reason}`)}</p>
      {key !== null && (
        <p className="k-faint">
          {t('messages.key')} <Fingerprint text={key} />
        </p>
      )}
    </li>
  );
}

interface ForetoldPanelProps {
  asked: { data: MessagePreview | undefined; error: Error | null; isFetching: boolean; refetch: () => unknown };
  /** Somebody is chosen. */
  addressed: boolean;
}

/** Before it is sent: who gets it, how it travels, what is held and why, who is refused. */
export function ForetoldPanel({ asked: { data, error, isFetching, refetch }, addressed }: ForetoldPanelProps) {
  const { t } = useTranslation();
  const sentence = useForetold();
  const present = addressed ? data : undefined;
  return (
    <Panel title={t('messages.preview')} note={present?.label}>
      <div className="k-stack" aria-live="polite" aria-busy={isFetching}>
        {!addressed && (
          <Empty icon={<IconMailForward size={24} />} title={t('messages.nobody_title')}>
            <p>{t('messages.nobody_text')}</p>
          </Empty>
        )}
        {addressed && error !== null && <Failure error={error} labels="message_field" retry={() => void refetch()} />}
        {addressed && present === undefined && error === null && <TableSkeleton rows={4} />}
        {present !== undefined && error === null && (
          <>
            <p>{sentence(present.items)}</p>
            {present.mail_from === null && <p className="k-warning">{t('messages.no_server')}</p>}
            <ul className="k-foretold">
              {inOrder(present.items).map((item) => (
                <Person key={item.address} item={item} />
              ))}
            </ul>
          </>
        )}
      </div>
    </Panel>
  );
}
