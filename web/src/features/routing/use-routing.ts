import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { write } from '@/contract/client';
import { soleRecord } from '@/contract/sole-record';
import type { Routing, RoutingInput, RoutingPlan, RoutingPlanQuery } from '@/contract/types';

const planKey = '/routing/plan';

export const { useStored: useRouting, useSave: useSaveRouting } = soleRecord<Routing, RoutingInput>('/routing', ['/journal', planKey]);

/** Of which findings a plan speaks: of all that are open, or of those only of which something came within a day. */
export type Reach = 'open' | 'day';

const daysAgo = (days: number): string => `${new Date(Date.now() - days * 86_400_000).toISOString().slice(0, 19)}Z`;

/** What would be sent now by these rules, or by the stored ones where there are none; the last answer stays until the next one is there. */
export const usePlan = (rules: RoutingInput | null, reach: Reach) =>
  useQuery({
    queryKey: [planKey, reach, rules],
    queryFn: () => {
      const body: RoutingPlanQuery = { routing: rules, received_since: reach === 'day' ? daysAgo(1) : null };
      return write<RoutingPlan>('POST', planKey, { body });
    },
    placeholderData: keepPreviousData,
  });
