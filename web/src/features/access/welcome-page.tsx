import '@/ui/access.css';
import './access.css';
import { Button } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useEffect, useRef, useState, type SyntheticEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, Redirect } from 'wouter';
import { paths } from '@/contract/paths';
import { ContractError } from '@/contract/problem';
import { enrol } from '@/contract/session';
import { unfinished } from '@/contract/standing';
import { useStanding } from '@/contract/use-session';
import { faultOf } from '@/ui/reason';
import { useCountdown } from '@/ui/use-countdown';
import { Door } from './door';
import { NewPassword } from './new-password';
import { judge } from './password-rules';
import { SignInForm } from './sign-in-form';
import { Trouble } from './trouble';

const none: ReadonlyMap<string, string> = new Map();

function BadLink() {
  const { t } = useTranslation();
  return (
    <Door title={t('welcome.void_title')} answer={t('welcome.void_text')}>
      <Button component={Link} to={paths.signIn()} variant="default" size="sm">
        {t('sign_in.do')}
      </Button>
    </Door>
  );
}

/** Behind a one-time link: a password of one's own, then a second factor where the role needs one. */
export function WelcomePage() {
  const { t } = useTranslation();
  // Read once, then taken out of the address: a used link has no place in the history.
  const [link] = useState(() => window.location.hash.slice(1));
  const [password, setPassword] = useState('');
  const input = useRef<HTMLInputElement>(null);
  const standing = useStanding();
  const set = useMutation({
    mutationFn: () => enrol(link, password),
    onSuccess: () => window.history.replaceState(null, '', window.location.pathname),
  });
  const wait = useCountdown(set.error);
  useEffect(() => input.current?.focus(), []);
  useEffect(() => {
    if (set.error !== null) input.current?.focus();
  }, [set.error]);

  if (set.isSuccess) {
    if (standing.is === 'in') return <Redirect to={paths.account} replace />;
    if (unfinished(standing) !== undefined) {
      return (
        <Door title={t('enrol.title')} answer={t('welcome.half')}>
          <SignInForm />
        </Door>
      );
    }
    return <Redirect to={paths.signIn()} replace />;
  }
  const error = set.error instanceof ContractError ? set.error : null;
  if (link === '' || error?.failure === 'not_found') return <BadLink />;
  const faults = error?.fields ?? none;
  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    set.mutate();
  };
  return (
    <Door title={t('welcome.title')} answer={t('welcome.answer')}>
      <form className="k-stack" onSubmit={submit} noValidate>
        <Trouble error={set.error} wait={wait} />
        <NewPassword ref={input} label={t('welcome.password')} value={password} onChange={setPassword} error={faultOf(faults, 'password') ?? (error?.status === 422 ? t('password.refused') : undefined)} />
        <Button type="submit" size="sm" fullWidth loading={set.isPending} disabled={judge(password, undefined).length !== true || wait > 0}>
          {t('welcome.set')}
        </Button>
      </form>
    </Door>
  );
}
