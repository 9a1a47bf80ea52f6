import { useCallback, useMemo } from 'react';
import { useSearchParams } from 'wouter';

/** The address's query as the state of a page: what one sees has a permanent address. Empty values are left out. */
export function useQueryState<Name extends string>(names: readonly Name[]) {
  const [parameters, setParameters] = useSearchParams();
  const values = useMemo(() => {
    const found: Partial<Record<Name, string>> = {};
    for (const name of names) {
      const value = parameters.get(name);
      if (value !== null && value !== '') found[name] = value;
    }
    return found;
  }, [parameters, names]);
  const change = useCallback(
    (next: Partial<Record<Name, string | undefined>>, way: { replace?: boolean } = {}) =>
      setParameters(
        (present) => {
          const changed = new URLSearchParams(present);
          for (const [name, value] of Object.entries<string | undefined>(next as Record<string, string | undefined>)) {
            if (value === undefined || value === '') changed.delete(name);
            else changed.set(name, value);
          }
          return changed;
        },
        { replace: way.replace ?? false },
      ),
    [setParameters],
  );
  return [values, change] as const;
}
