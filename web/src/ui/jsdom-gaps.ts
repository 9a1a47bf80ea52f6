import { configure } from '@testing-library/react';
import { vi } from 'vitest';

const patience = 10_000;

/** Gives the browser of the unit tests what Mantine asks of one and jsdom has not. */
export function fillJsdomGaps(): void {
  // A busy machine draws slowly; what is waited for comes or does not.
  configure({ asyncUtilTimeout: patience });
  const nothing = () => undefined;
  vi.stubGlobal('matchMedia', () => ({ matches: false, addEventListener: nothing, removeEventListener: nothing }));
  vi.stubGlobal('ResizeObserver', class { observe = nothing; unobserve = nothing; disconnect = nothing; });
  Object.defineProperty(document, 'fonts', { value: new EventTarget(), configurable: true });
  Element.prototype.scrollIntoView = nothing;
}
