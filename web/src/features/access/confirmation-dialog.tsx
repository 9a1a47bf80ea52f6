import '@/ui/access.css';
import './access.css';
import { Button, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useEffect, useState, type SyntheticEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { settleConfirmation } from '@/contract/confirmation';
import { confirmCode, confirmPassword } from '@/contract/session';
import type { Session } from '@/contract/types';
import { Dialog } from '@/ui/dialog';
import { PasswordField } from '@/ui/password-field';
import { useCountdown } from '@/ui/use-countdown';
import { knowsPasskeys } from './passkeys';
import { PasskeyButton } from './second-factor';
import { isWrong, Trouble } from './trouble';

/** Before something grave: who is there? The request that asked for it goes again once that is shown. */
export function ConfirmationDialog({ session }: { session: Session }) {
  const { t } = useTranslation();
  const [password, setPassword] = useState('');
  const [code, setCode] = useState('');
  const has = session.second_factors;
  const confirm = useMutation({ mutationFn: () => (code.trim() === '' ? confirmPassword(password) : confirmCode(code.trim())), onSuccess: () => settleConfirmation(true) });
  const wait = useCountdown(confirm.error);
  // A passkey begins a session of its own; of another person it is no confirmation.
  const [{ id, user }] = useState(session);
  useEffect(() => {
    if (session.id !== id) settleConfirmation(session.user.id === user.id);
  }, [session, id, user]);
  const wrong = isWrong(confirm.error);
  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    confirm.mutate();
  };
  return (
    <Dialog title={t('confirmation.title')} onClose={() => settleConfirmation(false)}>
      <p>{t('confirmation.text')}</p>
      <form className="k-stack" onSubmit={submit} noValidate>
        <Trouble error={confirm.error} wait={wait} />
        <PasswordField label={t('sign_in.password')} kind="current-password" value={password} onChange={setPassword} first error={wrong && code.trim() === '' ? t('account.password_wrong') : undefined} />
        {has.includes('totp') && (
          <TextInput
            label={t('confirmation.code')}
            value={code}
            maxLength={64}
            inputMode="numeric"
            autoComplete="one-time-code"
            error={wrong && code.trim() !== '' ? t('second_factor.wrong') : undefined}
            onChange={(event) => setCode(event.currentTarget.value)}
          />
        )}
        <div className="k-form-end">
          <Button type="submit" loading={confirm.isPending} disabled={(password === '' && code.trim() === '') || wait > 0}>
            {t('sign_in.continue')}
          </Button>
          <Button variant="default" onClick={() => settleConfirmation(false)}>
            {t('action.cancel')}
          </Button>
        </div>
      </form>
      {has.includes('passkey') && knowsPasskeys() && <PasskeyButton label={t('confirmation.passkey')} />}
    </Dialog>
  );
}
