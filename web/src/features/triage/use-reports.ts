import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { read, write } from '@/contract/client';
import type { IncidentReference, ReportDecision, ReportInput, ReportPage, ReportStory } from '@/contract/types';

const at = (id: string) => `/reports/${encodeURIComponent(id)}`;

export const useReport = (id: string) => useQuery({ queryKey: ['report', id], queryFn: ({ signal }) => read<ReportStory>(at(id), {}, signal) });

/** Groups of which the list tells whether they lead to an incident: those of the newest reports that were accepted. */
const remembered = 500;

/** By group, the incident into which its newest accepted report went. */
export const useLedTo = () =>
  useQuery({
    queryKey: ['/reports', 'led-to'],
    queryFn: async ({ signal }) => (await read<ReportPage>('/reports', { state: 'accepted', newest_of_group: true, limit: remembered }, signal)).items,
    select: (reports): ReadonlyMap<string, IncidentReference> => new Map(reports.flatMap(({ group, incident }) => (incident === null ? [] : [[group, incident] as const]))),
  });

/** What a deed makes old is read anew; nobody waits for that, so that what was done is told by who did it. */
function useRefreshed() {
  const client = useQueryClient();
  return () => ['report', '/reports', 'incident', '/incidents', '/journal'].forEach((key) => void client.invalidateQueries({ queryKey: [key] }));
}

export interface Decided {
  /** Those of which it was decided. */
  reports: string[];
  incident: IncidentReference | null;
}

export const useDecide = () =>
  useMutation({ mutationFn: ({ decision, why }: { decision: ReportDecision; why?: string }) => write<Decided>('POST', '/reports/decisions', { body: decision, why }), onSettled: useRefreshed() });

export const useSeparate = () => useMutation({ mutationFn: (id: string) => write<ReportStory>('POST', `${at(id)}/separate`), onSettled: useRefreshed() });

export const useSend = () => useMutation({ mutationFn: (input: ReportInput) => write<ReportStory>('POST', '/reports', { body: input }), onSettled: useRefreshed() });
