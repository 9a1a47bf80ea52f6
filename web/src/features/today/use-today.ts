import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { read } from '@/contract/client';
import type { Direction, FeedList, IncidentPage, JournalVerification, MessagePage, NetworkPage, OrganisationPage, Picture, PictureQuery, ReportPage, SightingPage, UserPage } from '@/contract/types';
import { useCollection } from '@/contract/use-collection';
import { useMay } from '@/contract/use-session';
import { useSources } from '@/contract/use-sources';
import { useStatus } from '@/contract/use-status';
import { useTokens } from '@/contract/use-tokens';
import { useNow } from '@/ui/use-now';
import { spanOf, type Span } from '@/ui/window';
import { concernsOf } from './concerns';

const hour = 3_600_000;
const week = 168 * hour;
/** This page is read, not watched. */
const calm = 60_000;
/** How many a list of the page shows. */
export const most = 8;
/** As long as the contract lets a top list be. */
const longest = 50;

function usePicture(query: PictureQuery) {
  const may = useMay();
  return useQuery({ queryKey: ['picture', query], queryFn: ({ signal }) => read<Picture>('/picture', query, signal), placeholderData: keepPreviousData, refetchInterval: calm, enabled: may('picture.read') });
}

/** Walking the whole chain is work: once an hour is enough for a page that is looked at all day. */
function useVerification() {
  const may = useMay();
  return useQuery({ queryKey: ['journal-verification'], queryFn: ({ signal }) => read<JournalVerification>('/journal/verification', {}, signal), staleTime: hour, gcTime: hour, enabled: may('journal.read') });
}

/** Of the open incidents how many there are, all of them or narrowed further. */
function useOpenIncidents(narrower: { severity?: string; lead?: string } = {}) {
  const may = useMay();
  return useQuery({ queryKey: ['/incidents', 'open', narrower], queryFn: async ({ signal }) => (await read<IncidentPage>('/incidents', { open: true, ...narrower, limit: 1 }, signal)).total, enabled: may('incidents.read') });
}

/** What is wrong and due; `settled` once everything that one may read was asked for, `failed` where something could not be read. */
export function useConcerns() {
  const may = useMay();
  const now = useNow();
  const status = useStatus();
  const collection = useCollection();
  const picture = usePicture({ ...spanOf('24h', now), top: 1 });
  const verification = useVerification();
  const tokens = useTokens();
  const sources = useSources();
  const conflicts = useQuery({ queryKey: ['/networks', 'conflicts'], queryFn: ({ signal }) => read<NetworkPage>('/networks', { conflict: true, limit: 200 }, signal), enabled: may('organisations.read') });
  const invited = useQuery({ queryKey: ['/users', 'invited'], queryFn: ({ signal }) => read<UserPage>('/users', { state: 'invited', limit: 1 }, signal), enabled: may('users.read') });
  const messages = useQuery({ queryKey: ['/messages', 'figures'], queryFn: ({ signal }) => read<MessagePage>('/messages', { limit: 1 }, signal), enabled: may('messages.read') });
  const unconfirmed = useQuery({ queryKey: ['/organisations', 'unconfirmed'], queryFn: ({ signal }) => read<OrganisationPage>('/organisations', { contacts: 'team', limit: 1 }, signal), enabled: may('organisations.write') });
  const feeds = useQuery({ queryKey: ['feeds'], queryFn: ({ signal }) => read<FeedList>('/feeds', {}, signal), refetchInterval: calm, enabled: may('feeds.read') });
  const reports = useQuery({ queryKey: ['/reports', 'figures'], queryFn: async ({ signal }) => (await read<ReportPage>('/reports', { limit: 1 }, signal)).waiting, enabled: may('incidents.read') });
  const incidents = useOpenIncidents();
  const critical = useOpenIncidents({ severity: 'critical' });
  const unled = useOpenIncidents({ lead: 'none' });
  const asked = [status, collection, picture, verification, tokens, sources, conflicts, invited, unconfirmed, messages, feeds, reports, incidents, critical, unled];
  const skew = status.data === undefined || status.dataUpdatedAt === 0 ? undefined : status.dataUpdatedAt - new Date(status.data.now).getTime();
  return {
    concerns: concernsOf({
      now,
      status: status.data,
      skew,
      collection: collection.data,
      picture: picture.data,
      conflicts: conflicts.data,
      verification: verification.data,
      tokens: tokens.data,
      invited: invited.data?.total,
      unconfirmed: unconfirmed.data?.total,
      sources: sources.data,
      messages: messages.data,
      feeds: feeds.data?.items,
      reports: reports.data,
      incidents: incidents.data === undefined ? undefined : { open: incidents.data, critical: critical.data ?? 0, unled: unled.data ?? 0 },
    }),
    settled: asked.every(({ isLoading }) => !isLoading),
    failed: asked.find(({ error }) => error !== null)?.error ?? null,
    retry: () => asked.filter(({ error }) => error !== null).forEach(({ refetch }) => void refetch()),
    verified: verification.data,
  };
}

/** What was seen in the span, and which of its organisations were not seen in the week before. */
export function useNews(span: Span) {
  const present = usePicture({ ...span, top: longest });
  const before = usePicture({ from: new Date(new Date(span.from).getTime() - week).toISOString().replace('.000Z', 'Z'), to: span.from, top: longest });
  const earlier = before.data?.top.organisations;
  // A list that is full may leave somebody out: then nobody can be told to be new.
  const complete = earlier !== undefined && earlier.length < longest;
  const known = new Set(earlier?.map(({ key }) => key));
  return {
    picture: present.data,
    error: present.error,
    retry: () => void present.refetch(),
    isNew: (organisation: string) => complete && organisation !== 'none' && !known.has(organisation),
  };
}

/** What was found lately at one's own organisation, for those who see no more. */
export const useOwnSightings = (span: Span, direction: Direction) =>
  useQuery({ queryKey: ['/sightings', 'own', span, direction], queryFn: ({ signal }) => read<SightingPage>('/sightings', { ...span, direction, limit: most }, signal), refetchInterval: calm });
