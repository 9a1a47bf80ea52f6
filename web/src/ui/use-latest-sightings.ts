import { useQuery } from '@tanstack/react-query';
import { read, type Query } from '@/contract/client';
import type { SightingFilter } from '@/contract/paths';
import type { SightingPage } from '@/contract/types';
import { useMay } from '@/contract/use-session';
import { useNow } from './use-now';
import { isWindow, spanOf } from './window';

/** The latest sightings that a filter lets through; `allowed` where a person may see any. */
export function useLatestSightings({ window, ...rest }: SightingFilter, limit: number) {
  const now = useNow();
  const allowed = useMay()('sightings.read');
  const query: Query = { ...rest, ...(isWindow(window) ? spanOf(window, now) : {}), limit };
  return { allowed, ...useQuery({ queryKey: ['/sightings', 'latest', query], queryFn: ({ signal }) => read<SightingPage>('/sightings', query, signal), enabled: allowed }) };
}
