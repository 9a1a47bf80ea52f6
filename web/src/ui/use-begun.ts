import type { UseQueryResult } from '@tanstack/react-query';
import { useState } from 'react';

/** The version that a draft began with: what is read anew meanwhile takes its place only when a person asks for it, by `renew`. */
export function useBegun<Stored>({ data, isFetching, refetch }: Pick<UseQueryResult<Stored>, 'data' | 'isFetching' | 'refetch'>) {
  const [begun, setBegun] = useState<Stored>();
  if (begun === undefined && data !== undefined && !isFetching) setBegun(data);
  const renew = async (forget: () => void) => {
    const { data: present, isSuccess } = await refetch();
    if (!isSuccess) return;
    forget();
    setBegun(present);
  };
  return { begun, setBegun, renew };
}
