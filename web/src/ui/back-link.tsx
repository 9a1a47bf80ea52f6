import type { Icon } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { Link } from 'wouter';

/** Above a page's title: the way to what it is a part of. */
export function BackLink({ to, icon: Mark, children }: { to: string; icon: Icon; children: ReactNode }) {
  return (
    <Link to={to} className="k-back">
      <Mark size={15} aria-hidden /> {children}
    </Link>
  );
}
