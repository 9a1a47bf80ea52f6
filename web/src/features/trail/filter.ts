// What the trail is narrowed to; also the query of its page. Pure.
import type { Query } from '@/contract/client';
import { isWindow, spanOf, type Window } from '@/ui/window';

export const queryNames = ['subject', 'actor', 'deed', 'window', 'open'] as const;
export type TrailQuery = Partial<Record<(typeof queryNames)[number], string>>;

/** The trail has no window unless one is chosen: it is all of it, newest first. */
export const windowOf = (query: TrailQuery): Window | null => (isWindow(query.window) ? query.window : null);

export function toContract({ subject, actor, deed, ...rest }: TrailQuery, now: Date): Query {
  const window = windowOf(rest);
  return { subject, actor, deed, ...(window === null ? {} : spanOf(window, now)) };
}

/** Nouns whose deeds the trail knows, as the contract takes them: with their dot. */
export const deedNouns = ['organisation.', 'national_space.', 'team.', 'routing.', 'report.', 'incident.', 'source.', 'user.', 'session.', 'token.', 'journal.'] as const;
