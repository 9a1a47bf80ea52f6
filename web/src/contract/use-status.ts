import { useQuery, useQueryClient } from '@tanstack/react-query';
import { read } from './client';
import type { Status } from './types';
import { useStream } from './use-stream';

const key = ['status'];

export const useStatus = () =>
  useQuery({ queryKey: key, queryFn: ({ signal }) => read<Status>('/status', {}, signal), refetchInterval: 30_000 });

/** Keeps the status in step with the stream; stands once, in the frame. */
export function useFollowStatus(): void {
  const client = useQueryClient();
  useStream({ status: (status) => client.setQueryData(key, status) });
}
