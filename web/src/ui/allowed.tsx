import type { ReactNode } from 'react';
import type { Permission } from '@/contract/types';
import { useMay } from '@/contract/use-session';

/** What only those see who may do it. */
export function Allowed({ to, children }: { to: Permission; children: ReactNode }) {
  return useMay()(to) ? children : null;
}
