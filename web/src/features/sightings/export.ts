import type { Sighting } from '@/contract/types';
import type { CsvColumn } from '@/ui/csv';

export const sightingsCsv: readonly CsvColumn<Sighting>[] = [
  ['id', (s) => s.id],
  ['hour', (s) => s.hour],
  ['first', (s) => s.first],
  ['last', (s) => s.last],
  ['direction', (s) => s.direction],
  ['national_address', (s) => s.national_address],
  ['organisation', (s) => s.organisation?.name ?? null],
  ['foreign_address', (s) => s.foreign_address],
  ['country', (s) => s.country],
  ['indicator', (s) => s.indicator.value],
  ['matched', (s) => s.matched],
  ['peer', (s) => s.peer],
  ['side', (s) => s.side],
  ['class', (s) => s.indicator.class],
  ['type', (s) => s.indicator.type],
  ['protocol', (s) => s.protocol],
  ['port', (s) => s.port],
  ['flows', (s) => s.flows],
  ['packets', (s) => s.packets],
  ['bytes', (s) => s.bytes],
  ['sources', (s) => s.sources.join('; ')],
  ['tlp', (s) => s.tlp],
];
