import { useQuery } from '@tanstack/react-query';
import { read } from '@/contract/client';
import type { IncidentPage, IndicatorPage, NetworkPage, OrganisationPage, ReportPage, UserPage } from '@/contract/types';
import { useMay } from '@/contract/use-session';
import { useTokens } from '@/contract/use-tokens';
import { useFormat } from '@/ui/format';
import { networkName } from '@/ui/network-name';

/** An IPv4 or IPv6 address or prefix, by its shape; the server has the last word. */
export const looksLikeAddress = (text: string): boolean =>
  /^\d{1,3}(\.\d{1,3}){3}(\/\d{1,2})?$/.test(text) || /^[0-9a-f]{0,4}(:[0-9a-f]{0,4}){2,7}(\/\d{1,3})?$/i.test(text);

/** What the palette finds for a text: reports, incidents, indicators, organisations, networks and who owns them, people and tokens; of what one may read. */
export function useFindings(text: string) {
  const may = useMay();
  const enabled = text.length >= 2;
  const address = looksLikeAddress(text) ? text.replace(/\/\d+$/, '') : undefined;
  const indicators = useQuery({
    queryKey: ['/indicators', 'find', text],
    queryFn: ({ signal }) => read<IndicatorPage>('/indicators', { search: text, limit: 6 }, signal),
    enabled: enabled && may('indicators.read'),
  });
  const incidents = useQuery({
    queryKey: ['/incidents', 'find', text],
    queryFn: ({ signal }) => read<IncidentPage>('/incidents', { search: text, limit: 5 }, signal),
    enabled: enabled && may('incidents.read'),
  });
  const reports = useQuery({
    queryKey: ['/reports', 'find', text],
    queryFn: ({ signal }) => read<ReportPage>('/reports', { search: text, limit: 5 }, signal),
    enabled: enabled && may('incidents.read'),
  });
  const organisations = useQuery({
    queryKey: ['/organisations', 'find', text],
    queryFn: ({ signal }) => read<OrganisationPage>('/organisations', { search: text, limit: 6 }, signal),
    enabled: enabled && may('organisations.read'),
  });
  const networks = useQuery({
    queryKey: ['/networks', 'find', address ?? text],
    queryFn: ({ signal }) => read<NetworkPage>('/networks', { ...(address === undefined ? { search: text } : { address }), limit: 5 }, signal),
    enabled: enabled && may('organisations.read'),
  });
  const people = useQuery({
    queryKey: ['/users', 'find', text],
    queryFn: ({ signal }) => read<UserPage>('/users', { search: text, limit: 5 }, signal),
    enabled: enabled && may('users.read'),
  });
  const tokens = useTokens(enabled);
  const format = useFormat();
  const wanted = text.toLocaleLowerCase();
  const owners = (networks.data?.items ?? []).flatMap((claim) =>
    claim.organisations.map((organisation) => ({ id: organisation.id, name: organisation.name, network: networkName(claim, format) })),
  );
  return {
    reports: enabled ? (reports.data?.items ?? []) : [],
    incidents: enabled ? (incidents.data?.items ?? []) : [],
    indicators: enabled ? (indicators.data?.items ?? []) : [],
    organisations: enabled ? (organisations.data?.items ?? []) : [],
    owners: enabled ? owners.filter((owner, index) => owners.findIndex((other) => other.id === owner.id) === index) : [],
    people: enabled ? (people.data?.items ?? []) : [],
    tokens: enabled ? (tokens.data ?? []).filter(({ name }) => name.toLocaleLowerCase().includes(wanted)).slice(0, 5) : [],
    busy: enabled && [reports, incidents, indicators, organisations, networks, people, tokens].some(({ isFetching }) => isFetching),
  };
}
