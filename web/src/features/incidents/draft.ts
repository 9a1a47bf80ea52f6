// The form's own view of an incident. Pure.
import type { Incident, IncidentInput, Pap, Tlp } from '@/contract/types';

export interface Draft {
  title: string;
  summary: string;
  class: string | null;
  type: string | null;
  /** Nobody has said yet: it is a decision, and not a default. */
  severity: Incident['severity'] | null;
  tlp: Tlp;
  pap: Pap;
  /** With TLP:RED only; nobody: whoever writes. */
  readers: readonly string[];
  lead: string | null;
  cross_border: boolean;
  sectors: readonly string[];
  services: readonly string[];
  tags: readonly string[];
  techniques: readonly string[];
  happened_at: string | null;
  detected_at: string | null;
}

/** Whoever opens an incident leads it, unless they say otherwise. */
export const draftOf = (incident: Incident | undefined, writer: string | undefined): Draft => ({
  title: incident?.title ?? '',
  summary: incident?.summary ?? '',
  class: incident?.class ?? null,
  type: incident?.type ?? null,
  severity: incident?.severity ?? null,
  tlp: incident?.tlp ?? 'amber',
  pap: incident?.pap ?? 'amber',
  readers: (incident?.readers ?? []).map(({ id }) => id),
  lead: incident === undefined ? (writer ?? null) : (incident.lead?.id ?? null),
  cross_border: incident?.cross_border ?? false,
  sectors: incident?.sectors ?? [],
  services: incident?.services ?? [],
  tags: incident?.tags ?? [],
  techniques: incident?.techniques ?? [],
  happened_at: incident?.happened_at ?? null,
  detected_at: incident?.detected_at ?? null,
});

/** What was typed in small letters is meant all the same. */
const asTechniques = (values: readonly string[]) => [...new Set(values.map((value) => value.trim().toUpperCase()))];

/** Undefined while something is missing without which there is no incident. */
export function inputOf(draft: Draft): IncidentInput | undefined {
  const { title, summary, class: classId, type, severity, readers, sectors, services, tags, techniques, ...same } = draft;
  if (title.trim() === '' || classId === null || type === null || severity === null) return undefined;
  return {
    ...same,
    title: title.trim(),
    summary: summary.trim() === '' ? null : summary,
    class: classId,
    type,
    severity,
    ...(draft.tlp === 'red' ? { readers: [...readers] } : {}),
    sectors: [...sectors],
    services: [...services],
    tags: [...tags],
    techniques: asTechniques(techniques),
  };
}
