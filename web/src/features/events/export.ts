import type { Event } from '@/contract/types';
import type { CsvColumn } from '@/ui/csv';

export const eventsCsv: readonly CsvColumn<Event>[] = [
  ['id', (e) => e.id],
  ['time', (e) => e.time],
  ['observed', (e) => e.observed],
  ['class', (e) => e.class],
  ['type', (e) => e.type],
  ['identifier', (e) => e.identifier],
  ['severity', (e) => e.severity],
  ['malware', (e) => e.malware],
  ['source_address', (e) => e.source_address],
  ['source_port', (e) => e.source_port],
  ['source_asn', (e) => e.source_asn],
  ['source_country', (e) => e.source_country],
  ['source_domain', (e) => e.source_domain],
  ['destination_address', (e) => e.destination_address],
  ['destination_port', (e) => e.destination_port],
  ['organisation', (e) => e.organisation?.name ?? null],
  ['network', (e) => e.network],
  ['feed', (e) => e.feed],
  ['delivery', (e) => e.delivery],
  ['row', (e) => e.row],
  ['tlp', (e) => e.tlp],
];
