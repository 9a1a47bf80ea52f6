import { useEffect, useRef, type ReactNode } from 'react';
import { useLocation } from 'wouter';

/** The parts of a place as a line of links; where it is too long for the screen, the present one is in view. */
export function Tabs({ label, children }: { label: string; children: ReactNode }) {
  const [path] = useLocation();
  const bar = useRef<HTMLElement>(null);
  const shown = useRef('');
  useEffect(() => {
    const line = bar.current;
    const here = line?.querySelector<HTMLElement>('[aria-current=page]');
    if (line === null || here === null || here === undefined) return;
    // Again when a number beside a name came late and moved the others; else a person's own scrolling stays.
    const state = `${path} ${line.scrollWidth}`;
    if (state === shown.current) return;
    shown.current = state;
    line.scrollLeft = here.offsetLeft - (line.clientWidth - here.offsetWidth) / 2;
  });
  return (
    <nav ref={bar} className="k-tabs k-no-print" aria-label={label}>
      {children}
    </nav>
  );
}
