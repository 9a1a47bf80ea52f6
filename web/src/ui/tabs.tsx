import { useEffect, useRef, type ReactNode } from 'react';
import { useLocation } from 'wouter';

/** The parts of a place as a line of links; where it is too long for the screen, the present one is in view. */
export function Tabs({ label, children }: { label: string; children: ReactNode }) {
  const [path] = useLocation();
  const bar = useRef<HTMLElement>(null);
  useEffect(() => {
    const line = bar.current;
    const here = line?.querySelector<HTMLElement>('[aria-current=page]') ?? null;
    if (line === null || here === null) return undefined;
    // Again when the screen gets narrower or a number beside a name comes late; else a person's own scrolling stays.
    const sizes = new ResizeObserver(() => {
      line.scrollLeft = here.offsetLeft - (line.clientWidth - here.offsetWidth) / 2;
    });
    for (const part of [line, ...line.children]) sizes.observe(part);
    return () => sizes.disconnect();
  }, [path]);
  return (
    <nav ref={bar} className="k-tabs k-no-print" aria-label={label}>
      {children}
    </nav>
  );
}
