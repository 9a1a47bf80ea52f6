import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { read, write } from '@/contract/client';
import type { Invited, OpenSession, User, UserInput } from '@/contract/types';

const at = (id: string) => `/users/${encodeURIComponent(id)}`;

export const usePerson = (id: string | undefined) =>
  useQuery({ queryKey: ['user', id], queryFn: ({ signal }) => read<User>(at(id ?? ''), {}, signal), enabled: id !== undefined });

export const useSessionsOf = (id: string) =>
  useQuery({ queryKey: ['sessions-of', id], queryFn: async ({ signal }) => (await read<{ items: OpenSession[] }>(`${at(id)}/sessions`, {}, signal)).items });

/** What is known of a person after a change, and what follows from it elsewhere. */
function useKeep() {
  const client = useQueryClient();
  return async (user: User) => {
    client.setQueryData(['user', user.id], user);
    await Promise.all(['/users', 'sessions-of', '/journal'].map((key) => client.invalidateQueries({ queryKey: [key] })));
  };
}

export function useInvite() {
  const keep = useKeep();
  return useMutation({
    mutationFn: (input: UserInput) => write<Invited>('POST', '/users', { body: input }),
    onSuccess: ({ user }) => keep(user),
  });
}

/** Replaces the version that was read. */
export function useSavePerson() {
  const keep = useKeep();
  return useMutation({
    mutationFn: ({ present, input, why }: { present: User; input: UserInput; why?: string }) => write<User>('PUT', at(present.id), { body: input, version: present.version, why }),
    onSuccess: keep,
  });
}

export function useDeactivate() {
  const keep = useKeep();
  return useMutation({
    mutationFn: ({ user, why }: { user: User; why: string }) => write<User>('DELETE', at(user.id), { version: user.version, why }),
    onSuccess: keep,
  });
}

export function useRenewLink() {
  const keep = useKeep();
  return useMutation({
    mutationFn: ({ user, why }: { user: User; why: string }) => write<Invited>('POST', `${at(user.id)}/link`, { body: {}, why }),
    onSuccess: ({ user }) => keep(user),
  });
}

export function useEndSessions() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (user: User) => write<undefined>('DELETE', `${at(user.id)}/sessions`),
    onSuccess: (_, user) => client.invalidateQueries({ queryKey: ['sessions-of', user.id] }),
  });
}
