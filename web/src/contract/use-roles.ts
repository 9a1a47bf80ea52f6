import { useQuery } from '@tanstack/react-query';
import { read } from './client';
import type { Role } from './types';

/** All roles in the order to show them; they change with a release only. */
export const useRoles = () =>
  useQuery({
    queryKey: ['roles'],
    queryFn: async ({ signal }) => (await read<{ items: Role[] }>('/roles', {}, signal)).items,
    staleTime: Infinity,
  });
