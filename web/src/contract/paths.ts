// Where everything stands on the desk. Features link to each other through these, and know no more of each other.
import type { Direction } from './types';

/** What a list of sightings may be narrowed to; also the query of its page. */
export interface SightingFilter {
  from?: string;
  to?: string;
  /** `6h`, `24h`, `7d`, `30d`: a window that ends now; instead of from and to. */
  window?: string;
  direction?: Direction;
  organisation?: string;
  sector?: string;
  indicator?: string;
  address?: string;
  national_address?: string;
  foreign_address?: string;
  country?: string;
  port?: string;
  protocol?: string;
}

/** What a list of events may be narrowed to; also the query of its page. */
export interface EventFilter {
  from?: string;
  to?: string;
  /** `24h`, `7d`, `30d`: a window that ends now; `all`: all that is kept; instead of from and to. */
  window?: string;
  organisation?: string;
  class?: string;
  type?: string;
  severity?: string;
  feed?: string;
  delivery?: string;
  address?: string;
  asn?: string;
  country?: string;
  domain?: string;
  port?: string;
  malware?: string;
  identifier?: string;
  tag?: string;
  search?: string;
}

/** Of the state of reports: whatever became of them. */
export const whateverBecame = 'all';

/** Of the state of incidents: each in which something is still to be done. */
export const stillOpen = 'still_open';

const withQuery = (path: string, query: object): string => {
  const parameters = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) if (value !== undefined && value !== '') parameters.set(name, String(value));
  const text = parameters.toString();
  return text === '' ? path : `${path}?${text}`;
};

export const paths = {
  /** Leads to where the person begins. */
  home: '/',
  today: '/today',
  picture: '/picture',
  sightings: (filter: SightingFilter = {}) => withQuery('/sightings', filter),
  sighting: (id: string) => `/sightings/${id}`,
  events: (filter: EventFilter = {}) => withQuery('/events', filter),
  event: (id: string) => `/events/${id}`,
  findings: (query: { state?: string; tag?: string; organisation?: string; sector?: string; class?: string; overdue?: string; reached?: string; opened_from?: string; opened_to?: string } = {}) => withQuery('/findings', query),
  finding: (id: string) => `/findings/${id}`,
  loop: '/findings/loop',
  /** Without a state: what waits. */
  triage: (query: { state?: string; channel?: string; group?: string; incident?: string; search?: string; observable?: string; open?: string } = {}) => withQuery('/triage', query),
  report: (id: string) => `/triage/${id}`,
  reportNew: '/triage/new',
  reportAccept: (id: string) => `/triage/${id}/accept`,
  incidents: (query: { search?: string; state?: string; severity?: string; lead?: string; class?: string; type?: string; sector?: string; tag?: string; observable?: string; merged?: string } = {}) => withQuery('/incidents', query),
  incident: (id: string) => `/incidents/${id}`,
  incidentNew: '/incidents/new',
  incidentEdit: (id: string) => `/incidents/${id}/edit`,
  /** Who else saw this? */
  seen: (query: { kind: string; value: string }) => withQuery('/seen', query),
  organisations: (query: { sector?: string; size?: string; entity_class?: string; contacts?: string; search?: string } = {}) => withQuery('/organisations', query),
  organisation: (id: string) => `/organisations/${id}`,
  organisationNew: '/organisations/new',
  organisationEdit: (id: string) => `/organisations/${id}/edit`,
  organisationPropose: (id: string) => `/organisations/${id}/propose`,
  proposals: (query: { state?: string; organisation?: string } = {}) => withQuery('/organisations/proposals', query),
  organisationImport: '/organisations/import',
  conflicts: '/organisations/conflicts',
  nationalSpace: '/organisations/national-space',
  indicators: (query: { search?: string; source?: string; flagged?: string } = {}) => withQuery('/indicators', query),
  indicator: (id: string) => `/indicators/${id}`,
  indicatorImport: '/indicators/import',
  sources: '/indicators/sources',
  feeds: '/feeds',
  feed: (id: string) => `/feeds/${id}`,
  feedNew: '/feeds/new',
  feedEdit: (id: string) => `/feeds/${id}/edit`,
  rules: '/rules',
  deliveries: (query: { source?: string; state?: string; set_aside?: string } = {}) => withQuery('/deliveries', query),
  delivery: (id: string) => `/deliveries/${id}`,
  mappingTrial: (query: { delivery?: string } = {}) => withQuery('/deliveries/mapping', query),
  messages: (query: { state?: string; organisation?: string; open?: string } = {}) => withQuery('/outbox', query),
  message: (id: string) => `/outbox/${id}`,
  messageNew: (query: { organisation?: string } = {}) => withQuery('/outbox/new', query),
  collectors: '/collectors',
  signIn: (to?: string) => withQuery('/sign-in', { to }),
  welcome: '/welcome',
  account: '/account',
  people: (query: { role?: string; state?: string } = {}) => withQuery('/people', query),
  person: (id: string) => `/people/${id}`,
  personNew: '/people/new',
  personEdit: (id: string) => `/people/${id}/edit`,
  sessions: '/sessions',
  upkeep: '/upkeep',
  team: '/team',
  tokens: '/tokens',
  tokenNew: '/tokens/new',
  trail: (query: { subject?: string; actor?: string; deed?: string } = {}) => withQuery('/trail', query),
} as const;
