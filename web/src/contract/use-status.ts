import { useQuery, useQueryClient } from '@tanstack/react-query';
import { read } from './client';
import type { Status } from './types';
import { useMay } from './use-session';
import { useStream } from './use-stream';

const key = ['status'];

export function useStatus() {
  const may = useMay();
  return useQuery({ queryKey: key, queryFn: ({ signal }) => read<Status>('/status', {}, signal), refetchInterval: 30_000, enabled: may('status.read') });
}

/** Keeps the status in step with the stream; stands once, in the frame. */
export function useFollowStatus(): void {
  const client = useQueryClient();
  useStream({ status: (status) => client.setQueryData(key, status) });
}
