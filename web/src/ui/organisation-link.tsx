import { useQuery } from '@tanstack/react-query';
import { Link } from 'wouter';
import { read } from '@/contract/client';
import { paths } from '@/contract/paths';
import type { Organisation } from '@/contract/types';

/** An organisation of which one has the id only, by its name. */
export function OrganisationLink({ id }: { id: string }) {
  const { data } = useQuery({ queryKey: ['organisation', id], queryFn: ({ signal }) => read<Organisation>(`/organisations/${encodeURIComponent(id)}`, {}, signal) });
  return <Link to={paths.organisation(id)}>{data?.name ?? id}</Link>;
}
