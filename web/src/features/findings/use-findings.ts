import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { read, write } from '@/contract/client';
import type { FindingState, FindingStory, StepsTaken } from '@/contract/types';
import { useMay } from '@/contract/use-session';

const at = (id: string) => `/findings/${encodeURIComponent(id)}`;

export const useFinding = (id: string) => useQuery({ queryKey: ['finding', id], queryFn: ({ signal }) => read<FindingStory>(at(id), {}, signal) });

export interface Wanted {
  to: FindingState;
  reason?: string;
  until?: string;
}

/** As whom one takes a finding further: of the team, or at one's own organisation. */
export const useNoun = () => (useMay()('findings.manage') ? 'steps' : 'answers');

function useRefreshed() {
  const client = useQueryClient();
  return () => Promise.all(['/findings', 'finding', 'loop', '/journal'].map((key) => client.invalidateQueries({ queryKey: [key] })));
}

export function useTakeStep() {
  const noun = useNoun();
  const client = useQueryClient();
  const refreshed = useRefreshed();
  return useMutation({
    mutationFn: ({ finding, wanted }: { finding: { id: string; version: number }; wanted: Wanted }) => write<FindingStory>('POST', `${at(finding.id)}/${noun}`, { body: wanted, version: finding.version }),
    onSuccess: (story) => client.setQueryData(['finding', story.finding.id], story),
    onSettled: refreshed,
  });
}

export function useTakeSteps() {
  const noun = useNoun();
  const refreshed = useRefreshed();
  return useMutation({
    mutationFn: ({ ids, wanted }: { ids: readonly string[]; wanted: Wanted }) => write<StepsTaken>('POST', `/findings/${noun}`, { body: { ids, ...wanted } }),
    onSettled: refreshed,
  });
}
