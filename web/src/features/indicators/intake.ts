// What the import form holds, and what of it is sent. Pure.
import type { IndicatorImportQuery, Pap, Tlp } from '@/contract/types';

export interface Intake {
  text: string;
  source: string;
  confidence: number;
  tlp: Tlp;
  /** Ids of people; with TLP:RED only. Nobody: whoever imports. */
  readers: readonly string[];
  pap: Pap;
  class: string | null;
  type: string | null;
  validDays: number | null;
  column: string;
  allowReserved: boolean;
}

export const emptyIntake: Intake = {
  text: '', source: '', confidence: 50, tlp: 'amber', readers: [], pap: 'amber', class: null, type: null, validDays: null, column: '', allowReserved: false,
};

/** CSV when the first line that counts has separators and no indicator of its own would. */
export function bodyType(text: string): 'text/csv' | 'text/plain' {
  const first = text.split(/\r?\n/).find((line) => line.trim() !== '' && !line.startsWith('#')) ?? '';
  return /^[^/?]*[,;]/.test(first) ? 'text/csv' : 'text/plain';
}

export const queryOf = (intake: Intake): IndicatorImportQuery => ({
  source: intake.source.trim(),
  confidence: intake.confidence,
  tlp: intake.tlp,
  ...(intake.tlp === 'red' && intake.readers.length > 0 ? { readers: intake.readers.join(',') } : {}),
  pap: intake.pap,
  ...(intake.class === null ? {} : { class: intake.class }),
  ...(intake.type === null ? {} : { type: intake.type }),
  ...(intake.validDays === null ? {} : { valid_days: intake.validDays }),
  ...(intake.column.trim() === '' ? {} : { value_column: intake.column.trim() }),
  ...(intake.allowReserved ? { allow_reserved: true } : {}),
});
