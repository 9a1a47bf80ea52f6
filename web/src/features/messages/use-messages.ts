import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { read, write } from '@/contract/client';
import { ContractError } from '@/contract/problem';
import type { Message, MessageDraft, MessagePreview, WrittenMessages } from '@/contract/types';
import { isUnderWay } from './stand';

const at = (id: string) => `/messages/${encodeURIComponent(id)}`;
/** Milliseconds: the stream tells what became of it, but not of an attempt that will be made again. */
const calm = 15_000;

export const useMessage = (id: string) =>
  useQuery({
    queryKey: ['message', id],
    queryFn: ({ signal }) => read<Message>(at(id), {}, signal),
    refetchInterval: ({ state }) => (state.data !== undefined && isUnderWay(state.data.state) ? calm : false),
  });

function useRefreshed() {
  const client = useQueryClient();
  return () => Promise.all(['/messages', 'message', '/journal'].map((key) => client.invalidateQueries({ queryKey: [key] })));
}

export type MessageDeed = 'retry' | 'cancellation';

/** The sender was faster: what was to be done with it can be done no more. */
const overtaken = (error: unknown): unknown => (error instanceof ContractError && error.failure === 'conflict' ? new ContractError('stale', error.status, error.message) : error);

export function useDeed(id: string, deed: MessageDeed) {
  const client = useQueryClient();
  const refreshed = useRefreshed();
  return useMutation({
    mutationFn: (why: string) =>
      write<Message>('POST', `${at(id)}/${deed}`, { body: {}, why }).catch((error: unknown) => {
        throw overtaken(error);
      }),
    onSuccess: (message) => client.setQueryData(['message', message.id], message),
    onSettled: refreshed,
  });
}

/** Who would get it, and how; without anybody to ask for it asks nothing. What is typed as subject and text does not matter to that. */
export const usePreview = (draft: MessageDraft | undefined) => {
  const asked = draft === undefined ? undefined : { ...draft, subject: '-', text: '-' };
  return useQuery({
    queryKey: ['message-preview', asked],
    queryFn: () => write<MessagePreview>('POST', '/messages/preview', { body: asked }),
    enabled: asked !== undefined,
    retry: false,
    gcTime: 0,
  });
};

export function useWrite() {
  const refreshed = useRefreshed();
  return useMutation({ mutationFn: (draft: MessageDraft) => write<WrittenMessages>('POST', '/messages', { body: draft }), onSettled: refreshed });
}
