// Comma-separated values (RFC 4180), safe to open in a spreadsheet.

/** A cell that a spreadsheet would run as a formula is kept as text. */
function cell(value: string | number | null): string {
  let text = value === null ? '' : String(value);
  if (typeof value === 'string' && /^'*[=+\-@\t\r\n]/.test(text)) text = `'${text}`;
  return /[",\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** A column of a file: named as the contract names it, in English, because machines read it too. */
export type CsvColumn<Row> = readonly [name: string, value: (row: Row) => string | number | null];

export const toCsv = <Row>(columns: readonly CsvColumn<Row>[], rows: readonly Row[]): string =>
  [columns.map(([name]) => name), ...rows.map((row) => columns.map(([, value]) => value(row)))].map((line) => line.map(cell).join(',')).join('\r\n') + '\r\n';

function hand(name: string, parts: string[], type: string): void {
  const url = URL.createObjectURL(new Blob(parts, { type: `${type};charset=utf-8` }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  URL.revokeObjectURL(url);
}

/** Hands a text to the browser as a file; with a byte order mark, so that spreadsheets read Cyrillic. */
export const download = (name: string, text: string, type = 'text/csv'): void => hand(name, ['\uFEFF', text], type);

/** Hands a list to the browser as today's file of that name. */
export const downloadRows = <Row>(name: string, columns: readonly CsvColumn<Row>[], rows: readonly Row[]): void =>
  download(`kula-${name}-${new Date().toISOString().slice(0, 10)}.csv`, toCsv(columns, rows));

/** As it is, byte for byte: what was signed must not be changed. */
export const downloadPlain = (name: string, text: string): void => hand(name, [text], 'text/plain');
