import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { read, write } from '@/contract/client';
import type { Organisation, OrganisationInput, Proposal, ProposalPage } from '@/contract/types';

const touched = ['/proposals', '/organisations', '/networks', '/journal', 'organisation'];

function useRefreshed() {
  const client = useQueryClient();
  return () => Promise.all(touched.map((key) => client.invalidateQueries({ queryKey: [key] })));
}

/** How many wait for the team, or of one's own organisation. */
export const useOpenProposals = () =>
  useQuery({ queryKey: ['/proposals', 'open'], queryFn: ({ signal }) => read<ProposalPage>('/proposals', { state: 'open', limit: 1 }, signal), select: ({ total }) => total });

export function usePropose(present: Organisation | undefined) {
  const refreshed = useRefreshed();
  return useMutation({
    mutationFn: ({ input, remark }: { input: OrganisationInput; remark: string }) =>
      write<Proposal>('POST', `/organisations/${encodeURIComponent(present?.id ?? '')}/proposals`, { body: { ...input, remark: remark.trim() === '' ? null : remark }, version: present?.version ?? 0 }),
    onSuccess: refreshed,
  });
}

export type Decision = { id: string; why?: string } & ({ deed: 'approval' | 'withdrawal' } | { deed: 'refusal'; reason: string });

export function useDecide() {
  const refreshed = useRefreshed();
  return useMutation({
    mutationFn: (decision: Decision) => write<Proposal>('POST', `/proposals/${encodeURIComponent(decision.id)}/${decision.deed}`, { body: decision.deed === 'refusal' ? { reason: decision.reason } : {}, why: decision.why }),
    onSettled: refreshed,
  });
}
