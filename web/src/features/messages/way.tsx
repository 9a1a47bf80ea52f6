import { IconLock, IconLockOpen } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { MessageForm } from '@/contract/types';

const ciphers = { openpgp: 'OpenPGP', smime: 'S/MIME', webhook: 'HTTPS' } as const;

/** Whether others can read it on the way. */
export function FormMark({ form }: { form: MessageForm }) {
  const { t } = useTranslation();
  const Icon = form === 'plain' ? IconLockOpen : IconLock;
  return (
    <span className="k-mark" data-tone={form === 'plain' ? 'warn' : 'good'}>
      <Icon size={12} aria-hidden />
      {form === 'plain' ? t('messages.plain') : ciphers[form]}
    </span>
  );
}

/** A key by what one compares. */
export function Fingerprint({ text }: { text: string }) {
  return (
    <code className="k-message-key" translate="no">
      {text.match(/.{1,4}/g)?.join(' ') ?? text}
    </code>
  );
}
