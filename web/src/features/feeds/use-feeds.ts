import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { read, write } from '@/contract/client';
import type { Feed, FeedDetail, FeedInput, FeedList, SentDelivery } from '@/contract/types';

const all = ['feeds'];
const at = (id: string) => `/feeds/${encodeURIComponent(id)}`;
const calm = 15_000;
const awaited = 2_000;

/** Whether something is about to be known: an attempt is under way, or due. */
const isAwaited = (feed: Feed): boolean => feed.running || (feed.next_due !== null && new Date(feed.next_due).getTime() <= Date.now());

export const useFeeds = () => useQuery({ queryKey: all, queryFn: ({ signal }) => read<FeedList>('/feeds', {}, signal), refetchInterval: calm });

export const useFeed = (id: string | undefined) =>
  useQuery({
    queryKey: ['feed', id],
    queryFn: ({ signal }) => read<FeedDetail>(at(id ?? ''), {}, signal),
    enabled: id !== undefined,
    refetchInterval: ({ state: { data } }) => (data !== undefined && isAwaited(data) ? awaited : calm),
  });

function useFollow() {
  const client = useQueryClient();
  return () => Promise.all(['feeds', 'feed', '/journal'].map((key) => client.invalidateQueries({ queryKey: [key] })));
}

export function useAddFeed() {
  const follow = useFollow();
  return useMutation({ mutationFn: (input: FeedInput) => write<FeedDetail>('POST', '/feeds', { body: input }), onSuccess: follow });
}

/** Replaces the version that was read. */
export function useSaveFeed() {
  const client = useQueryClient();
  const follow = useFollow();
  return useMutation({
    mutationFn: ({ present, input, why }: { present: Feed; input: FeedInput; why?: string }) => write<FeedDetail>('PUT', at(present.id), { body: input, version: present.version, why }),
    onSuccess: (saved) => {
      client.setQueryData(['feed', saved.id], saved);
      return follow();
    },
  });
}

export function useRemoveFeed() {
  const follow = useFollow();
  return useMutation({
    mutationFn: ({ feed, why }: { feed: Feed; why: string }) => write<undefined>('DELETE', at(feed.id), { version: feed.version, why }),
    onSuccess: follow,
  });
}

export function useRunFeed() {
  const follow = useFollow();
  return useMutation({ mutationFn: (feed: Feed) => write<Feed>('POST', `${at(feed.id)}/run`, { body: {} }), onSuccess: follow });
}

export function useSendDelivery() {
  const follow = useFollow();
  return useMutation({
    mutationFn: ({ feed, file }: { feed: Feed; file: File }) => write<SentDelivery>('POST', `${at(feed.id)}/deliveries`, { query: { name: file.name }, body: file, type: 'application/octet-stream' }),
    onSuccess: follow,
  });
}
