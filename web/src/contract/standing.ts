// Who is signed in at this browser, once for the whole desk: the requests take the CSRF token from here and tell here
// when the server knows nobody any more.
import type { Permission, Session } from './types';

export type Standing =
  /** The server was not asked yet. */
  | { is: 'unknown' }
  | { is: 'out' }
  /** The password was right; a second factor is still to come. */
  | { is: 'unfinished'; session: Session }
  | { is: 'in'; session: Session }
  /**
   * The session ended in the middle of work: what is on the page stays, and nothing is asked of the server until somebody
   * signed in anew; `next` is how far that has come.
   */
  | { is: 'over'; session: Session; next?: Session };

let present: Standing = { is: 'unknown' };
const watchers = new Set<() => void>();

export const standing = (): Standing => present;

function stand(next: Standing): void {
  present = next;
  for (const watcher of [...watchers]) watcher();
}

export function watchStanding(watcher: () => void): () => void {
  watchers.add(watcher);
  return () => watchers.delete(watcher);
}

/** The session as the server has just told it. */
export function enter(session: Session): void {
  if (session.state === 'signed_in') stand({ is: 'in', session });
  else stand(present.is === 'over' ? { is: 'over', session: present.session, next: session } : { is: 'unfinished', session });
}

/** Signed out on purpose, or never in. */
export const leave = (): void => stand({ is: 'out' });

/** The password that was right is given up, to begin anew. */
export const abandon = (): void => stand(present.is === 'over' ? { is: 'over', session: present.session } : { is: 'out' });

/** The server no longer knows the session. */
export function lose(): void {
  if (present.is === 'in') stand({ is: 'over', session: present.session });
  else if (present.is !== 'over') leave();
}

/** The session whose second factor is still to come. */
export const unfinished = (of: Standing): Session | undefined => (of.is === 'unfinished' ? of.session : of.is === 'over' ? of.next : undefined);

/** What requests that change something carry. */
export const csrfToken = (): string | undefined => (unfinished(present) ?? ('session' in present ? present.session : undefined))?.csrf_token;

export const allows = (session: Session | undefined, permission: Permission): boolean => session?.permissions.includes(permission) ?? false;
