import '@/ui/access.css';
import './access.css';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { Redirect, useSearchParams } from 'wouter';
import { askSession } from '@/contract/session';
import { unfinished } from '@/contract/standing';
import { useStanding } from '@/contract/use-session';
import { Door } from './door';
import { SignInForm } from './sign-in-form';
import { destinationOf, firstStep } from './steps';

/** The way in, and then to where one wanted to go. */
export function SignInPage() {
  const { t } = useTranslation();
  const standing = useStanding();
  const [query] = useSearchParams();
  const asking = standing.is === 'unknown';
  useEffect(() => {
    // Where no answer comes the form stands there all the same, and says so when it is used.
    if (asking) askSession().catch(() => undefined);
  }, [asking]);
  if (standing.is === 'in') return <Redirect to={destinationOf(query.get('to'))} replace />;
  const session = unfinished(standing);
  const step = firstStep(session);
  const title = step === 'password' ? t('sign_in.title') : step === 'enrol' ? t('enrol.title') : t('second_factor.title');
  const answer = step === 'password' ? t('sign_in.answer') : t('sign_in.as', { name: session?.user.full_name });
  return (
    <Door title={title} answer={answer}>
      <SignInForm demo />
    </Door>
  );
}
