import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { read, write } from '@/contract/client';
import type { Webhook, WebhookTold } from '@/contract/types';

type Wanted = Pick<Webhook, 'url' | 'enabled'>;

const at = (id: string) => `/organisations/${encodeURIComponent(id)}/webhook`;

/** How often something was taken, or not, last: another text once the machine has answered again. */
export const answerOf = ({ succeeded_at, failed_at }: Webhook): string => `${succeeded_at} ${failed_at}`;

/** Looked at each second while an answer is awaited. */
export const useWebhook = (id: string, awaits: (webhook: Webhook) => boolean) =>
  useQuery({
    queryKey: ['webhook', id],
    queryFn: ({ signal }) => read<Webhook>(at(id), {}, signal),
    refetchInterval: ({ state: { data } }) => (data !== undefined && awaits(data) ? 1000 : false),
  });

export function useWebhookDeeds(id: string) {
  const client = useQueryClient();
  const told = () => Promise.all([['webhook', id], ['/messages'], ['/journal']].map((queryKey) => client.invalidateQueries({ queryKey })));
  return {
    save: useMutation({ mutationFn: (wanted: Wanted) => write<WebhookTold>('PUT', at(id), { body: wanted }), onSuccess: told }),
    renew: useMutation({ mutationFn: () => write<WebhookTold>('POST', `${at(id)}/secret`), onSuccess: told }),
    remove: useMutation({ mutationFn: () => write<undefined>('DELETE', at(id)), onSuccess: told }),
    test: useMutation({ mutationFn: () => write<{ message: string }>('POST', `${at(id)}/test`), onSuccess: told }),
  };
}
