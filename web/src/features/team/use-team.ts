import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { read, write } from '@/contract/client';
import type { Team, TeamInput } from '@/contract/types';

const key = ['team'];

export const useTeam = () => useQuery({ queryKey: key, queryFn: ({ signal }) => read<Team>('/team', {}, signal) });

/** Replaces the version that was read. */
export function useSaveTeam() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ present, input, why }: { present: Team; input: TeamInput; why: string }) => write<Team>('PUT', '/team', { body: input, version: present.version, why }),
    onSuccess: (saved) => {
      client.setQueryData(key, saved);
      return client.invalidateQueries({ queryKey: ['/journal'] });
    },
  });
}
