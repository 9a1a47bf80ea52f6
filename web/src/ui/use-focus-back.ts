import { useEffect, useState } from 'react';

/** What stands only while it is open gives the focus back, when it goes, to what had it before. */
export function useFocusBack(): void {
  const [before] = useState(() => document.activeElement);
  useEffect(
    () => () => {
      // Not before the place that had the focus meanwhile is gone.
      requestAnimationFrame(() => before instanceof HTMLElement && before.isConnected && (document.activeElement === null || document.activeElement === document.body) && before.focus());
    },
    [before],
  );
}
