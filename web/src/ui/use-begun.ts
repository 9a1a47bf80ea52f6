import type { UseQueryResult } from '@tanstack/react-query';
import { useState } from 'react';
import { isAnythingUnsaved } from './unsaved';

/**
 * The version that a draft begins with. A newer one takes its place by itself only while nothing is typed; what is typed
 * stays until it is saved, or until a person asks for what is stored now, by `renew`. A form over it is keyed by its version.
 */
export function useBegun<Stored extends { version: number }>({ data, isFetching, refetch }: Pick<UseQueryResult<Stored>, 'data' | 'isFetching' | 'refetch'>) {
  const [begun, setBegun] = useState<Stored>();
  const mayTake = begun === undefined || (data !== undefined && data.version > begun.version && !isAnythingUnsaved());
  if (data !== undefined && !isFetching && mayTake) setBegun(data);
  const renew = async (forget: () => void) => {
    const { data: present, isSuccess } = await refetch();
    if (!isSuccess) return;
    forget();
    setBegun(present);
  };
  return { begun, renew };
}
