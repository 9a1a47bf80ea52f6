import { paths } from '@/contract/paths';
import type { Permission } from '@/contract/types';

export interface Place {
  to: string;
  key: 'today' | 'picture' | 'triage' | 'incidents' | 'findings' | 'sightings' | 'events' | 'indicators' | 'feeds' | 'deliveries' | 'organisations' | 'rules' | 'outbox' | 'collectors' | 'people' | 'team' | 'sessions' | 'tokens' | 'trail' | 'upkeep';
  needs: Permission | 'nothing';
}

const today: Place = { to: paths.today, key: 'today', needs: 'nothing' };

/** What analysts work with, in the order of their day. */
const work: readonly Place[] = [
  { to: paths.picture, key: 'picture', needs: 'picture.read' },
  { to: paths.triage(), key: 'triage', needs: 'incidents.read' },
  { to: paths.incidents(), key: 'incidents', needs: 'incidents.read' },
  { to: paths.findings(), key: 'findings', needs: 'findings.read' },
  { to: paths.sightings(), key: 'sightings', needs: 'sightings.read' },
  { to: paths.events(), key: 'events', needs: 'events.read' },
  { to: paths.indicators(), key: 'indicators', needs: 'indicators.read' },
  { to: paths.feeds, key: 'feeds', needs: 'feeds.read' },
  { to: paths.deliveries(), key: 'deliveries', needs: 'deliveries.read' },
  { to: paths.organisations(), key: 'organisations', needs: 'organisations.read' },
  { to: paths.rules, key: 'rules', needs: 'routing.read' },
  { to: paths.messages(), key: 'outbox', needs: 'messages.read' },
  { to: paths.collectors, key: 'collectors', needs: 'collection.read' },
];

const administration: readonly Place[] = [
  { to: paths.people(), key: 'people', needs: 'users.read' },
  { to: paths.team, key: 'team', needs: 'team.manage' },
  { to: paths.sessions, key: 'sessions', needs: 'users.read' },
  { to: paths.tokens, key: 'tokens', needs: 'users.read' },
  { to: paths.trail(), key: 'trail', needs: 'journal.read' },
  { to: paths.upkeep, key: 'upkeep', needs: 'operation.read' },
];

type May = (permission: Permission) => boolean;

/** The places that a person may open, today first for everyone who has any; an administration without any is empty. */
export const placesFor = (may: May): { work: readonly Place[]; administration: readonly Place[] } => {
  const open = (places: readonly Place[]) => places.filter(({ needs }) => needs === 'nothing' || may(needs));
  const [mine, theirs] = [open(work), open(administration)];
  return { work: mine.length + theirs.length === 0 ? [] : [today, ...mine], administration: theirs };
};

/** Where a person begins: with today; at one's own account where nothing may be opened. */
export const homeFor = (may: May): string => {
  return placesFor(may).work[0]?.to ?? paths.account;
};
