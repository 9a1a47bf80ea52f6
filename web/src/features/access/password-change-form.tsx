import { Button } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useState, type SyntheticEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { write } from '@/contract/client';
import { ContractError } from '@/contract/problem';
import { enter } from '@/contract/standing';
import type { Session } from '@/contract/types';
import { PasswordField } from '@/ui/password-field';
import { faultOf } from '@/ui/reason';
import { say } from '@/ui/toast';
import { useCountdown } from '@/ui/use-countdown';
import { NewPassword } from './new-password';
import { judge } from './password-rules';
import { isWrong, Trouble } from './trouble';

const none: ReadonlyMap<string, string> = new Map();

/** Changes one's own password; everywhere else one is signed out. */
export function PasswordChangeForm({ name }: { name: string }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const [present, setPresent] = useState('');
  const [wanted, setWanted] = useState('');
  const presentInput = useRef<HTMLInputElement>(null);
  const wantedInput = useRef<HTMLInputElement>(null);
  const change = useMutation({
    mutationFn: () => write<Session>('PUT', '/account/password', { body: { present, wanted }, proving: true }),
    onSuccess: (session) => {
      enter(session);
      setPresent('');
      setWanted('');
      say(t('account.password_changed'));
      return client.invalidateQueries({ queryKey: ['own-sessions'] });
    },
  });
  const wait = useCountdown(change.error);
  const wrong = isWrong(change.error);
  const error = change.error instanceof ContractError ? change.error : null;
  const faults = error?.fields ?? none;
  useEffect(() => {
    if (change.error === null) return;
    (isWrong(change.error) ? presentInput : wantedInput).current?.focus();
  }, [change.error]);
  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    change.mutate();
  };
  return (
    <form className="k-stack" onSubmit={submit} noValidate>
      <Trouble error={change.error} wait={wait} />
      {/* For password managers: whose password it is. */}
      <input type="text" name="username" autoComplete="username" value={name} readOnly hidden />
      <PasswordField ref={presentInput} label={t('account.password_present')} kind="current-password" value={present} onChange={setPresent} error={wrong ? t('account.password_wrong') : faultOf(faults, 'present')} />
      <NewPassword ref={wantedInput} label={t('account.password_wanted')} name={name} value={wanted} onChange={setWanted} error={faultOf(faults, 'wanted') ?? (error?.status === 422 && faults.size === 0 ? t('password.refused') : undefined)} />
      <p className="k-line-note">{t('account.password_note')}</p>
      <div className="k-form-end">
        <Button type="submit" loading={change.isPending} disabled={present === '' || judge(wanted, name).length !== true || wait > 0}>
          {t('account.password_change')}
        </Button>
      </div>
    </form>
  );
}
