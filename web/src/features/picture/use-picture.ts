import { keepPreviousData, useQuery, useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useRef, useState } from 'react';
import { read } from '@/contract/client';
import type { Picture, PictureQuery, SightingsNews } from '@/contract/types';
import { useStream } from '@/contract/use-stream';

const calm = 3000;

export const usePicture = (query: PictureQuery) =>
  useQuery({
    queryKey: ['picture', query],
    queryFn: ({ signal }) => read<Picture>('/picture', query, signal),
    placeholderData: keepPreviousData,
  });

/** Reads the picture anew after news, but not more often than a person can follow. Returns the flows of the latest news. */
export function useLivePicture(): SightingsNews | null {
  const client = useQueryClient();
  const [news, setNews] = useState<SightingsNews | null>(null);
  const timer = useRef<ReturnType<typeof setTimeout> | null>(null);
  const renew = useCallback(() => {
    if (document.hidden) return;
    timer.current ??= setTimeout(() => {
      timer.current = null;
      void client.invalidateQueries({ queryKey: ['picture'] });
    }, calm);
  }, [client]);
  useEffect(() => {
    const back = () => !document.hidden && void client.invalidateQueries({ queryKey: ['picture'] });
    document.addEventListener('visibilitychange', back);
    return () => {
      document.removeEventListener('visibilitychange', back);
      if (timer.current !== null) clearTimeout(timer.current);
      timer.current = null;
    };
  }, [client]);
  useStream({
    sightings: (latest) => {
      setNews(latest);
      renew();
    },
    reset: renew,
  });
  return news;
}
