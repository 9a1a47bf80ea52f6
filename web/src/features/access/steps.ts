// What is asked of a person next, on the way in. Pure.
import type { Session } from '@/contract/types';

export type Step = 'password' | 'code' | 'recovery' | 'passkey' | 'enrol';

/** The first thing to ask for; `session` as far as signing in has come. */
export function firstStep(session: Session | undefined): Step {
  if (session === undefined || session.state === 'signed_in') return 'password';
  if (session.state === 'second_factor_to_enrol') return 'enrol';
  return stepsFor(session)[0] ?? 'recovery';
}

/** The second factors a person has, in the order to offer them. */
export function stepsFor(session: Session): readonly Step[] {
  const { second_factors: has } = session;
  const steps: Step[] = [];
  if (has.includes('totp')) steps.push('code');
  if (has.includes('passkey')) steps.push('passkey');
  if (has.includes('recovery_code')) steps.push('recovery');
  return steps;
}

/** Where to go once in: within the desk, and not back to the door. */
export const destinationOf = (wanted: string | null | undefined): string =>
  wanted?.startsWith('/') === true && !wanted.startsWith('//') && !/^\/(?:sign-in|welcome)(?:[/?#]|$)/.test(wanted) ? wanted : '/';
