// The form's own view of a report. Pure.
import type { Language, Pap, ReportChannel, ReportInput, Tlp } from '@/contract/types';

/** How a report comes of which a person tells. */
export const toldChannels = ['desk', 'mail', 'partner', 'sighting', 'finding'] as const satisfies readonly ReportChannel[];

export interface Draft {
  channel: (typeof toldChannels)[number];
  subject: string;
  text: string;
  name: string;
  email: string;
  phone: string;
  organisation: string | null;
  language: Language | null;
  tlp: Tlp;
  pap: Pap;
  /** With TLP:RED only; nobody: whoever writes. */
  readers: readonly string[];
  received_at: string | null;
}

/** In the writer's language one most likely answers. */
export const emptyDraft = (language: Language | null): Draft => ({ channel: 'desk', subject: '', text: '', name: '', email: '', phone: '', organisation: null, language, tlp: 'amber', pap: 'amber', readers: [], received_at: null });

const orNull = (text: string) => (text.trim() === '' ? null : text.trim());

/** Undefined while nothing is told yet. What was told stays as it is, to the last blank. */
export function inputOf({ subject, text, name, email, phone, readers, ...same }: Draft): ReportInput | undefined {
  if (subject.trim() === '' && text.trim() === '') return undefined;
  return {
    ...same,
    subject: orNull(subject),
    text,
    reporter: { name: orNull(name), email: orNull(email), phone: orNull(phone) },
    ...(same.tlp === 'red' ? { readers: [...readers] } : {}),
  };
}
