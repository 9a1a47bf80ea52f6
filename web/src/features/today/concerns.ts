// What is wrong and what is due, from what the server really tells; the worst first. Pure.
import { healthOf, shareLost } from '@/contract/exporter-health';
import { paths, stillOpen } from '@/contract/paths';
import { stateOf } from '@/contract/token-state';
import type { Collection, Feed, JournalVerification, MessagePage, NetworkPage, Picture, Source, Status, Token } from '@/contract/types';

/** `bad` needs somebody now, `warn` today, `due` soon; what is `in_hand` is being seen to, and counts as none of these. */
export type Tone = 'bad' | 'warn' | 'due' | 'in_hand';

export interface Concern {
  /** Of the text `today.concern.<key>`. */
  key: string;
  tone: Tone;
  /** Where it is seen and set right. */
  to: string;
  /** Numbers are written as the reader's language writes them; shares as percent. */
  count?: number;
  share?: number;
  /** A name, as it is. */
  name?: string;
  at?: string;
}

/** What was read so far; what one may not read stays absent. */
export interface Known {
  now: Date;
  status?: Status | undefined;
  /** By how many milliseconds this browser's clock is ahead of the server's. */
  skew?: number | undefined;
  collection?: Collection | undefined;
  /** The last 24 hours. */
  picture?: Picture | undefined;
  conflicts?: NetworkPage | undefined;
  verification?: JournalVerification | undefined;
  tokens?: readonly Token[] | undefined;
  invited?: number | undefined;
  /** Organisations whose contacts the team has to find out by itself. */
  unconfirmed?: number | undefined;
  sources?: readonly Source[] | undefined;
  messages?: MessagePage | undefined;
  feeds?: readonly Feed[] | undefined;
  /** How many reports wait. */
  reports?: number | undefined;
  /** That are open, and which of them most want somebody. */
  incidents?: OpenIncidents | undefined;
}

export interface OpenIncidents {
  open: number;
  critical: number;
  unled: number;
}

const day = 86_400_000;
/** A list that was not taken for so long is held for forgotten. */
export const stale = 7 * day;
/** Sessions, second factors and hours of sightings stand by the clock. */
const skewed = 120_000;

function ofCollection({ exporters, sockets, now, since }: Collection): Concern[] {
  if (exporters.length === 0) return [{ key: 'no_exporters', tone: 'bad', to: paths.collectors }];
  const quiet = exporters.filter((exporter) => healthOf(exporter, now) === 'quiet');
  const losing = exporters.filter((exporter) => healthOf(exporter, now) === 'losing');
  const drops = sockets.reduce((sum, socket) => sum + socket.kernel_drops, 0);
  const unread = sockets.filter((socket) => socket.undecodable > socket.datagrams / 1000).reduce((sum, socket) => sum + socket.undecodable, 0);
  return [
    ...quiet.map(({ address, last_seen }): Concern => ({ key: 'quiet', tone: 'bad', to: paths.collectors, name: address, at: last_seen })),
    ...losing.map((exporter): Concern =>
      exporter.lost > 0
        ? { key: 'losing', tone: 'warn', to: paths.collectors, name: exporter.address, count: exporter.lost, share: shareLost(exporter) }
        : { key: 'unreadable', tone: 'warn', to: paths.collectors, name: exporter.address, count: exporter.undecodable },
    ),
    ...(drops > 0 ? [{ key: 'kernel_drops', tone: 'warn', to: paths.collectors, count: drops, at: since } as const] : []),
    ...(unread > 0 ? [{ key: 'undecodable', tone: 'warn', to: paths.collectors, count: unread, at: since } as const] : []),
  ];
}

function ofStatus({ storage, national_space, indicators }: Status): Concern[] {
  return [
    ...(storage.state === 'unavailable' ? [{ key: 'storage', tone: 'bad', to: paths.collectors } as const] : []),
    ...(national_space.prefixes === 0 ? [{ key: 'no_space', tone: 'bad', to: paths.nationalSpace } as const] : []),
    ...(indicators.active === 0 ? [{ key: 'no_indicators', tone: 'bad', to: paths.sources } as const] : []),
  ];
}

/** Hours without collection since collection began; the present step may only be late. */
function gapsOf({ series, step_seconds }: Picture): number {
  const past = series.slice(0, -1);
  const began = past.findIndex((point) => !point.gap);
  return began < 0 ? 0 : past.slice(began).filter((point) => point.gap).length * (step_seconds / 3600);
}

function ofPicture(picture: Picture): Concern[] {
  const gaps = gapsOf(picture);
  return gaps > 0 ? [{ key: 'gaps', tone: 'warn', to: paths.picture, count: gaps }] : [];
}

/** What does not leave until somebody sees to it. */
const ofOutbox = ({ states }: MessagePage): Concern[] =>
  (['failed', 'bounced', 'held'] as const).map((state): Concern => ({ key: `mail_${state}`, tone: 'warn', to: paths.messages({ state }), count: states[state] ?? 0 })).filter(({ count = 0 }) => count > 0);

/** What was expected and did not come, or not as it should. */
const ofFeeds = (feeds: readonly Feed[]): Concern[] =>
  (['failing', 'late', 'incomplete'] as const).flatMap((health) =>
    feeds.filter((feed) => feed.health === health).map(({ id, name }): Concern => ({ key: `feed_${health}`, tone: 'warn', to: paths.feed(id), name })),
  );

function ofIncidents({ open, critical, unled }: OpenIncidents): Concern[] {
  const found: readonly (Concern & { count: number })[] = [
    { key: 'incidents_critical', tone: 'warn', to: paths.incidents({ state: stillOpen, severity: 'critical' }), count: critical },
    { key: 'incidents_unled', tone: 'warn', to: paths.incidents({ state: stillOpen, lead: 'none' }), count: unled },
    { key: 'incidents', tone: 'in_hand', to: paths.incidents({ state: stillOpen }), count: open },
  ];
  return found.filter(({ count }) => count > 0);
}

const order: readonly Tone[] = ['bad', 'warn', 'due', 'in_hand'];

/** Everything that somebody has to see to, the worst first; what somebody does see to comes last. */
export function concernsOf({ now, status, skew, collection, picture, conflicts, verification, tokens, invited, unconfirmed, sources, messages, feeds, reports, incidents }: Known): Concern[] {
  const found: Concern[] = [
    ...(verification?.holds === false ? [{ key: 'trail', tone: 'bad', to: paths.trail(), count: verification.breaks.length } as const] : []),
    ...(status === undefined ? [] : ofStatus(status)),
    ...(collection === undefined ? [] : ofCollection(collection)),
    ...(picture === undefined ? [] : ofPicture(picture)),
    ...(skew !== undefined && Math.abs(skew) > skewed ? [{ key: 'clock', tone: 'warn', to: paths.collectors, count: Math.round(Math.abs(skew) / 60_000) } as const] : []),
    ...(conflicts !== undefined && conflicts.items.length > 0 ? [{ key: conflicts.next === null ? 'conflicts' : 'more_conflicts', tone: 'warn', to: paths.conflicts, count: conflicts.items.length } as const] : []),
    ...(messages === undefined ? [] : ofOutbox(messages)),
    ...(feeds === undefined ? [] : ofFeeds(feeds)),
    ...(reports !== undefined && reports > 0 ? [{ key: 'reports', tone: 'due', to: paths.triage(), count: reports } as const] : []),
    ...(incidents === undefined ? [] : ofIncidents(incidents)),
    ...(tokens ?? []).filter((token) => token.person === null && stateOf(token, now) === 'expiring').map((token): Concern => ({ key: 'token', tone: 'due', to: paths.tokens, name: token.name, at: token.expires_at })),
    ...(invited !== undefined && invited > 0 ? [{ key: 'invited', tone: 'due', to: paths.people({ state: 'invited' }), count: invited } as const] : []),
    ...(unconfirmed !== undefined && unconfirmed > 0 ? [{ key: 'contacts', tone: 'due', to: paths.organisations({ contacts: 'team' }), count: unconfirmed } as const] : []),
    ...(sources ?? []).filter((source) => now.getTime() - new Date(source.last_import).getTime() > stale).map((source): Concern => ({ key: 'source', tone: 'due', to: paths.sources, name: source.name, at: source.last_import })),
  ];
  return order.flatMap((tone) => found.filter((concern) => concern.tone === tone));
}
