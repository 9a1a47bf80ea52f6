import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { read, write } from './client';

/** A version to replace, and by what; `why` is for the trail. */
export interface Saving<Stored, Input> {
  present: Stored;
  input: Input;
  why: string;
}

/** The hooks of a record that there is but one of, at `path`: it is read, and replaced on the version that was read. `follows` are the keys of what it changes elsewhere. */
export function soleRecord<Stored extends { version: number }, Input>(path: string, follows: readonly string[]) {
  const queryKey = [path];
  const useStored = () => useQuery({ queryKey, queryFn: ({ signal }) => read<Stored>(path, {}, signal) });
  const useSave = () => {
    const client = useQueryClient();
    return useMutation({
      mutationFn: ({ present, input, why }: Saving<Stored, Input>) => write<Stored>('PUT', path, { body: input, version: present.version, why }),
      onSuccess: (saved) => {
        client.setQueryData(queryKey, saved);
        return Promise.all(follows.map((key) => client.invalidateQueries({ queryKey: [key] })));
      },
    });
  };
  return { useStored, useSave };
}
