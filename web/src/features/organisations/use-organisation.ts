import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { read, write } from '@/contract/client';
import type { Organisation, OrganisationInput } from '@/contract/types';

const at = (id: string) => `/organisations/${encodeURIComponent(id)}`;

export const useOrganisation = (id: string | undefined) =>
  useQuery({
    queryKey: ['organisation', id],
    queryFn: ({ signal }) => read<Organisation>(at(id ?? ''), {}, signal),
    enabled: id !== undefined,
  });

interface Saving {
  /** The version to replace; without one an organisation is added. */
  present: Organisation | undefined;
  input: OrganisationInput;
  why?: string;
}

export function useSaveOrganisation() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ present, input, why }: Saving) =>
      present === undefined
        ? write<Organisation>('POST', '/organisations', { body: input })
        : write<Organisation>('PUT', at(present.id), { body: input, version: present.version, why }),
    onSuccess: async (saved) => {
      client.setQueryData(['organisation', saved.id], saved);
      await Promise.all(['/organisations', '/networks', '/journal', 'status'].map((key) => client.invalidateQueries({ queryKey: [key] })));
    },
  });
}

/** Says that the contacts are right as they were shown. */
export function useConfirmContacts() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ id, version }: Organisation) => write<Organisation>('POST', `${at(id)}/contacts/confirmation`, { version }),
    onSuccess: (confirmed) => client.setQueryData(['organisation', confirmed.id], confirmed),
    onSettled: () => Promise.all(['/organisations', 'organisation', '/journal'].map((key) => client.invalidateQueries({ queryKey: [key] }))),
  });
}

export function useDeleteOrganisation() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ organisation, why }: { organisation: Organisation; why: string }) => write<undefined>('DELETE', at(organisation.id), { version: organisation.version, why }),
    onSuccess: (_, { organisation }) => {
      client.removeQueries({ queryKey: ['organisation', organisation.id] });
      return Promise.all(['/organisations', '/networks', '/journal', 'status'].map((key) => client.invalidateQueries({ queryKey: [key] })));
    },
  });
}
