import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { read, write } from '@/contract/client';
import type { NationalSpace, NationalSpaceInput } from '@/contract/types';

const key = ['national-space'];

export const useSpace = () => useQuery({ queryKey: key, queryFn: ({ signal }) => read<NationalSpace>('/national-space', {}, signal) });

/** Replaces the version that was read. */
export function useSaveSpace() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ present, input, why }: { present: NationalSpace; input: NationalSpaceInput; why: string }) => write<NationalSpace>('PUT', '/national-space', { body: input, version: present.version, why }),
    onSuccess: (saved) => {
      client.setQueryData(key, saved);
      return Promise.all(['status', '/journal'].map((each) => client.invalidateQueries({ queryKey: [each] })));
    },
  });
}
