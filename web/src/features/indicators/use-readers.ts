import { useQuery } from '@tanstack/react-query';
import { read } from '@/contract/client';
import type { Readers } from '@/contract/types';

/** Who can be named as a reader of TLP:RED. */
export const useReaders = () => useQuery({ queryKey: ['readers'], queryFn: async ({ signal }) => (await read<{ items: Readers }>('/readers', {}, signal)).items });
