import { useEffect } from 'react';

/** Whether a key is meant for the page, and not for a field, a list of choices or a dialog that stands on it. */
export const isForPage = (event: KeyboardEvent): boolean =>
  !event.ctrlKey && !event.metaKey && !event.altKey && (event.target as HTMLElement).closest('input, textarea, select, [role=dialog], [role=menu], [role=listbox]') === null;

/** Does something when its key is pressed anywhere on the page; nothing where it is not offered. */
export function useKey(key: string, run: (() => void) | undefined): void {
  useEffect(() => {
    if (run === undefined) return undefined;
    const press = (event: KeyboardEvent) => {
      if (event.key !== key || !isForPage(event)) return;
      event.preventDefault();
      run();
    };
    document.addEventListener('keydown', press);
    return () => document.removeEventListener('keydown', press);
  }, [key, run]);
}
