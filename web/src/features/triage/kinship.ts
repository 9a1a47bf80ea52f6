// What a report has to do with others. Pure.
import { paps, tlps, type Incident, type IncidentReference, type Report, type ReportStory } from '@/contract/types';

/** The observable that a group has in common. */
export function sharedOf({ shared }: Pick<Report, 'shared'>): { kind: string; value: string } | undefined {
  if (shared === null) return undefined;
  const colon = shared.indexOf(':');
  return { kind: shared.slice(0, colon), value: shared.slice(colon + 1) };
}

/** Into which incidents reports of its group were accepted, each once. */
export function incidentsOf({ report, similar }: ReportStory): readonly IncidentReference[] {
  const found = [report, ...similar].flatMap(({ incident }) => (incident === null ? [] : [incident]));
  return found.filter(({ id }, index) => found.findIndex((other) => other.id === id) === index);
}

const longestTitle = 200;
const strictest = <Label>(order: readonly Label[], labels: readonly Label[]): Label => labels.reduce((one, other) => (order.indexOf(other) > order.indexOf(one) ? other : one));

/** What an incident begins with that is opened with all that wait of a group: under the strictest of their labels, noticed when the first of them came. */
export function beginningOf({ report, text, similar }: ReportStory): Pick<Incident, 'title' | 'tlp' | 'pap' | 'detected_at'> & { readers: readonly string[] } {
  const waiting = [report, ...similar.filter(({ state }) => state === 'waiting')];
  const title = report.subject ?? text.trim().split('\n', 1)[0] ?? '';
  return {
    title: title.trim().slice(0, longestTitle),
    tlp: strictest(tlps, waiting.map(({ tlp }) => tlp)),
    pap: strictest(paps, waiting.map(({ pap }) => pap)),
    readers: (report.readers ?? []).map(({ id }) => id),
    detected_at: waiting.map(({ received_at: at }) => at).toSorted((one, other) => Date.parse(one) - Date.parse(other))[0] ?? report.received_at,
  };
}
