import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { read, write } from '@/contract/client';
import type { Incident, IncidentCheckState, IncidentEntry, IncidentEntryInput, IncidentEntryPage, IncidentInput, IncidentLinkKind, IncidentPage, IncidentStory, IncidentVocabulary } from '@/contract/types';
import { usePages } from '@/ui/use-pages';

const at = (id: string) => `/incidents/${encodeURIComponent(id)}`;
const readStory = (id: string, signal: AbortSignal) => read<IncidentStory>(at(id), {}, signal);

/** States and severities in all languages; they change with a release only. */
export const useVocabulary = () => useQuery({ queryKey: ['incident-vocabulary'], queryFn: ({ signal }) => read<IncidentVocabulary>('/incidents/vocabulary', {}, signal), staleTime: Infinity });

export const useStory = (id: string) => useQuery({ queryKey: ['incident', id], queryFn: ({ signal }) => readStory(id, signal) });

/** The record alone, for its form; of a new one nothing. */
export const useIncident = (id: string | undefined) =>
  useQuery({ queryKey: ['incident', id], queryFn: ({ signal }) => readStory(id ?? '', signal), select: ({ incident }): Incident => incident, enabled: id !== undefined });

export const useTimeline = (id: string) => usePages<IncidentEntry, IncidentEntryPage>(`${at(id)}/entries`, {}, 50, ['incident', id, 'entries']);

/** How many a filter holds; nothing is asked where there is no filter. */
export const useCount = (query: Readonly<Record<string, string | boolean | undefined>> | undefined) =>
  useQuery({ queryKey: ['/incidents', 'count', query], queryFn: async ({ signal }) => (await read<IncidentPage>('/incidents', { ...query, limit: 1 }, signal)).total, enabled: query !== undefined });

type Numbered = Pick<Incident, 'id' | 'version'>;

/** A deed that yields the incident's new story. */
function useDeed<Wanted>(send: (wanted: Wanted) => Promise<IncidentStory>) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: send,
    onSuccess: (story) => client.setQueryData(['incident', story.incident.id], story),
    onSettled: () => Promise.all(['incident', '/incidents', '/journal'].map((key) => client.invalidateQueries({ queryKey: [key] }))),
  });
}

export const useOpen = () => useDeed((input: IncidentInput) => write<IncidentStory>('POST', '/incidents', { body: input }));

/** Replaces the version that was read. */
export const useSave = () =>
  useDeed(({ present, input, why }: { present: Numbered; input: IncidentInput; why?: string }) => write<IncidentStory>('PUT', at(present.id), { body: input, version: present.version, why }));

export interface Step {
  to: string;
  reason: string | null;
}

export const useTakeStep = () => useDeed(({ incident, step }: { incident: Numbered; step: Step }) => write<IncidentStory>('POST', `${at(incident.id)}/steps`, { body: step, version: incident.version }));

export interface Check {
  step: string;
  state: IncidentCheckState;
  note: string | null;
}

export const useCheck = (id: string) => useDeed(({ step, ...check }: Check) => write<IncidentStory>('PUT', `${at(id)}/playbook/${encodeURIComponent(step)}`, { body: check }));

export const useLink = () => useDeed(({ id, kind, other }: { id: string; kind: IncidentLinkKind; other: string }) => write<IncidentStory>('POST', `${at(id)}/links`, { body: { kind, incident: other } }));

export const useUnlink = () => useDeed(({ id, link }: { id: string; link: string }) => write<IncidentStory>('DELETE', `${at(id)}/links/${encodeURIComponent(link)}`));

export const useMerge = () => useDeed(({ incident, into, reason }: { incident: Numbered; into: string; reason: string | null }) => write<IncidentStory>('POST', `${at(incident.id)}/merge`, { body: { into, reason }, version: incident.version }));

export const useUnmerge = () => useDeed((incident: Numbered) => write<IncidentStory>('DELETE', `${at(incident.id)}/merge`, { version: incident.version }));

export function useWriteEntry(id: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (input: IncidentEntryInput) => write<IncidentEntry>('POST', `${at(id)}/entries`, { body: input }),
    onSettled: () => Promise.all(['incident', '/incidents', '/journal'].map((key) => client.invalidateQueries({ queryKey: [key] }))),
  });
}
