import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { read, write } from '@/contract/client';
import type { Mapping, MappingSummary, MappingTrial } from '@/contract/types';

/** What is tried: a mapping, and a text or a delivery's beginning. */
export interface Trial {
  mapping: string;
  sample: string;
  /** The sample's name; without a mapping it tells which one reads it. */
  file: string | undefined;
  /** Whose beginning is the sample, in place of a text. */
  delivery: string | undefined;
}

const pause = 500;

/** What the mapping makes of the sample, anew shortly after either changed. */
export function useTrial(present: Trial) {
  const [trial] = useDebouncedValue(present, pause);
  const { mapping, sample, file, delivery } = trial;
  return useQuery({
    queryKey: ['mapping-trial', mapping, sample, file, delivery],
    queryFn: () =>
      write<MappingTrial>('POST', '/mappings/try', {
        body: { ...(mapping.trim() === '' ? {} : { mapping }), ...(file === undefined ? {} : { file }), ...(delivery === undefined ? { sample } : { delivery }) },
      }),
    enabled: (delivery !== undefined || sample !== '') && (mapping.trim() !== '' || file !== undefined || delivery !== undefined),
    placeholderData: keepPreviousData,
    retry: false,
    gcTime: 0,
  });
}

export const useMappings = () => useQuery({ queryKey: ['/mappings'], queryFn: async ({ signal }) => (await read<{ items: MappingSummary[] }>('/mappings', {}, signal)).items });

/** A shipped mapping's text. */
export const readMapping = (name: string) => read<Mapping>(`/mappings/${encodeURIComponent(name)}`);
