// Signing in and out, step by step. Each answer is the session as it is now, and becomes the desk's standing.
import { read, write } from './client';
import { ContractError } from './problem';
import { abandon, enter, leave, standing } from './standing';
import type { PasskeyAssertion, PasskeyChallenge, Session } from './types';

async function entering(path: string, body: object): Promise<Session> {
  const session = await write<Session>('POST', path, { body, proving: true });
  enter(session);
  return session;
}

async function readSession(): Promise<Session | undefined> {
  try {
    const session = await read<Session>('/session', {}, undefined, { proving: true });
    enter(session);
    return session;
  } catch (error) {
    if (!(error instanceof ContractError) || error.status !== 401) throw error;
    // Work that was interrupted stays on the page until somebody leaves it on purpose.
    if (standing().is !== 'over') leave();
    return undefined;
  }
}

let asking: Promise<Session | undefined> | undefined;

/** Whether anybody is signed in; who asks while the answer is on its way waits for the same one. */
export const askSession = (): Promise<Session | undefined> =>
  (asking ??= readSession().finally(() => {
    asking = undefined;
  }));

export const signIn = (name: string, password: string) => entering('/session', { name, password });
export const confirmCode = (code: string) => entering('/session/totp', { code });
export const confirmPassword = (password: string) => entering('/session/password', { password });
export const spendRecoveryCode = (code: string) => entering('/session/recovery-code', { code });
export const enrol = (link: string, password: string) => entering('/enrolment', { link, password });
export const passkeyChallenge = () => write<PasskeyChallenge>('POST', '/session/passkey-challenge', { body: {}, proving: true });
export const signInWithPasskey = (assertion: PasskeyAssertion) => entering('/session/passkey', assertion);

async function endSession(): Promise<void> {
  try {
    await write<undefined>('DELETE', '/session', { proving: true });
  } catch (error) {
    if (!(error instanceof ContractError) || error.status !== 401) throw error;
  }
}

/** How long the session still goes on; one that is over is noticed. */
export async function followSession(): Promise<void> {
  const session = await read<Session>('/session');
  if (standing().is === 'in') enter(session);
}

export async function signOut(): Promise<void> {
  await endSession();
  leave();
}

/** Back to name and password, from the question for a second factor. */
export async function startOver(): Promise<void> {
  await endSession();
  abandon();
}
