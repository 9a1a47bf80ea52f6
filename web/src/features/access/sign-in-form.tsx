import { Button, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useEffect, useRef, useState, type SyntheticEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { signIn, startOver } from '@/contract/session';
import { unfinished } from '@/contract/standing';
import type { DemoPerson } from '@/contract/use-demo-people';
import { useStanding } from '@/contract/use-session';
import { PasswordField } from '@/ui/password-field';
import { useCountdown } from '@/ui/use-countdown';
import { DemoPeople } from './demo-people';
import { EnrolSecondFactor } from './enrol-second-factor';
import { knowsPasskeys } from './passkeys';
import { PasskeyButton, SecondFactor } from './second-factor';
import { firstStep } from './steps';
import { isWrong, Trouble } from './trouble';

/** Name and password. Where `name` is given, it is the one whose work was interrupted. */
function PasswordForm({ name: given, demo }: { name?: string | undefined; demo: boolean }) {
  const { t } = useTranslation();
  const [name, setName] = useState(given ?? '');
  const [password, setPassword] = useState('');
  const nameInput = useRef<HTMLInputElement>(null);
  const passwordInput = useRef<HTMLInputElement>(null);
  const [missing, setMissing] = useState(false);
  const enter = useMutation({ mutationFn: (told: { name: string; password: string }) => signIn(told.name, told.password) });
  const wait = useCountdown(enter.error);
  useEffect(() => (given === undefined ? nameInput : passwordInput).current?.focus(), [given]);
  useEffect(() => {
    if (enter.error !== null) passwordInput.current?.select();
  }, [enter.error]);
  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    // What a password manager filled in may not have told React.
    const told = { name: (nameInput.current?.value ?? '').trim(), password: passwordInput.current?.value ?? '' };
    const empty = told.name === '' ? nameInput : told.password === '' ? passwordInput : undefined;
    setMissing(empty !== undefined);
    if (empty === undefined) enter.mutate(told);
    else empty.current?.focus();
  };
  const needed = (text: string) => (missing && text === '' ? t('sign_in.needed') : undefined);
  const fill = (person: DemoPerson) => {
    setName(person.name);
    setPassword(person.password);
    passwordInput.current?.focus();
  };
  return (
    <>
      <form className="k-stack" onSubmit={submit} noValidate>
        <Trouble error={enter.error} wait={wait} />
        <TextInput
          ref={nameInput}
          label={t('sign_in.name')}
          name="username"
          required
          withAsterisk={false}
          value={name}
          readOnly={given !== undefined}
          maxLength={64}
          autoComplete="username"
          autoCapitalize="none"
          spellCheck={false}
          error={needed(name.trim()) ?? isWrong(enter.error)}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <PasswordField ref={passwordInput} label={t('sign_in.password')} kind="current-password" value={password} onChange={setPassword} first={given !== undefined} error={needed(password) ?? (isWrong(enter.error) ? t('sign_in.wrong') : undefined)} />
        <Button type="submit" size="sm" fullWidth loading={enter.isPending} disabled={wait > 0}>
          {t('sign_in.do')}
        </Button>
      </form>
      {knowsPasskeys() && (
        <>
          <p className="k-or">
            <span>{t('sign_in.or')}</span>
          </p>
          <PasskeyButton label={t('sign_in.passkey')} />
        </>
      )}
      {demo && <DemoPeople onChoose={fill} />}
    </>
  );
}

/** Signing in, one thing at a time: name and password, then whatever is still to come. */
export function SignInForm({ name, demo = false }: { name?: string; demo?: boolean }) {
  const session = unfinished(useStanding());
  const over = useMutation({ mutationFn: startOver });
  const step = firstStep(session);
  if (session === undefined || step === 'password') return <PasswordForm name={name} demo={demo} />;
  return (
    <div className="k-stack">
      <Trouble error={over.error} wait={0} />
      {step === 'enrol' ? <EnrolSecondFactor /> : <SecondFactor session={session} onOver={() => over.mutate()} />}
    </div>
  );
}
