import { useQuery } from '@tanstack/react-query';

export interface DemoPerson {
  name: string;
  password: string;
  roles: readonly string[];
}

/** A server that is started to show itself tells whom one may sign in as; every other one has no such file. */
async function readPeople(signal: AbortSignal): Promise<readonly DemoPerson[]> {
  const response = await fetch('/desk/demo.json', { signal });
  if (!response.ok || response.headers.get('Content-Type')?.includes('json') !== true) return [];
  return ((await response.json()) as { people: DemoPerson[] }).people;
}

const none: readonly DemoPerson[] = [];

/** Whom one may sign in as to a demo; nobody elsewhere. */
export function useDemoPeople({ asked = true } = {}): readonly DemoPerson[] {
  const { data = none } = useQuery({ queryKey: ['demo-people'], queryFn: ({ signal }) => readPeople(signal), staleTime: Infinity, retry: false, enabled: asked });
  return data;
}
