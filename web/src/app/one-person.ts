import type { QueryClient } from '@tanstack/react-query';
import { standing, watchStanding } from '@/contract/standing';
import { unsay } from '@/ui/toast';

/**
 * What one person read is not for the next one at the same browser; who is back after an interruption reads anew what
 * could not be read meanwhile. Returns how to stop.
 */
export function keepPeopleApart(client: QueryClient): () => void {
  let last: string | undefined;
  let interrupted = false;
  return watchStanding(() => {
    const present = standing();
    if (present.is === 'over') interrupted = true;
    if (present.is === 'out') unsay();
    if (present.is !== 'in') return;
    const { id } = present.session.user;
    if (last !== undefined && last !== id) {
      client.clear();
      unsay();
    } else if (interrupted) void client.invalidateQueries();
    last = id;
    interrupted = false;
  });
}
