import type { AnchorHTMLAttributes, Ref } from 'react';
import { Link, useLocation } from 'wouter';

interface PlaceLinkProps extends Omit<AnchorHTMLAttributes<HTMLAnchorElement>, 'href'> {
  to: string;
  /** Present on that very page only, not on those below it. */
  exact?: boolean;
  ref?: Ref<HTMLAnchorElement>;
}

/** A link that knows whether one is there. */
export function PlaceLink({ to, exact = false, className = '', ...rest }: PlaceLinkProps) {
  const [path] = useLocation();
  const here = path === to || (!exact && path.startsWith(`${to}/`));
  return <Link {...rest} to={to} className={here ? `${className} active` : className} aria-current={here ? 'page' : undefined} />;
}
