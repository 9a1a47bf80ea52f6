import { useQuery } from '@tanstack/react-query';
import { read } from '@/contract/client';
import type { Organisation } from '@/contract/types';

/** An organisation's name by its id. */
export function OrganisationName({ id }: { id: string }) {
  const { data } = useQuery({
    queryKey: ['organisation', id],
    queryFn: ({ signal }) => read<Organisation>(`/organisations/${encodeURIComponent(id)}`, {}, signal),
    staleTime: 300_000,
  });
  return <>{data?.name ?? '…'}</>;
}
