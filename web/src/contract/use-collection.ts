import { useQuery, useQueryClient } from '@tanstack/react-query';
import { read } from './client';
import type { Collection } from './types';
import { useMay } from './use-session';
import { useStream } from './use-stream';

const key = ['exporters'];

/** The collectors' counters, kept in step with the stream. */
export function useCollection() {
  const client = useQueryClient();
  const may = useMay();
  useStream({
    exporters: (collection) => client.setQueryData(key, collection),
    reset: () => void client.invalidateQueries({ queryKey: key }),
  });
  return useQuery({ queryKey: key, queryFn: ({ signal }) => read<Collection>('/exporters', {}, signal), refetchInterval: 15_000, enabled: may('collection.read') });
}
