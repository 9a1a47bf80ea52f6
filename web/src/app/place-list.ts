import { paths } from '@/contract/paths';
import type { Permission } from '@/contract/types';

export interface Place {
  to: string;
  key: 'picture' | 'sightings' | 'indicators' | 'organisations' | 'collectors' | 'people' | 'team' | 'sessions' | 'tokens' | 'trail';
  needs: Permission;
}

/** What analysts work with, in the order to show it. */
const work: readonly Place[] = [
  { to: paths.picture, key: 'picture', needs: 'picture.read' },
  { to: paths.sightings(), key: 'sightings', needs: 'sightings.read' },
  { to: paths.indicators(), key: 'indicators', needs: 'indicators.read' },
  { to: paths.organisations(), key: 'organisations', needs: 'organisations.read' },
  { to: paths.collectors, key: 'collectors', needs: 'collection.read' },
];

const administration: readonly Place[] = [
  { to: paths.people(), key: 'people', needs: 'users.read' },
  { to: paths.sessions, key: 'sessions', needs: 'users.manage' },
  { to: paths.team, key: 'team', needs: 'team.manage' },
  { to: paths.tokens, key: 'tokens', needs: 'users.read' },
  { to: paths.trail(), key: 'trail', needs: 'journal.read' },
];

type May = (permission: Permission) => boolean;

/** The places that a person may open; an administration without any is empty. */
export const placesFor = (may: May): { work: readonly Place[]; administration: readonly Place[] } => {
  const open = (places: readonly Place[]) => places.filter(({ needs }) => may(needs));
  return { work: open(work), administration: open(administration) };
};

/** Where a person begins: the first place that is theirs; one's own account where there is none. */
export const homeFor = (may: May): string => {
  const places = placesFor(may);
  return places.work[0]?.to ?? places.administration[0]?.to ?? paths.account;
};
