/** The rows of a CSV text by the names of its header (RFC 4180). Throws `SyntaxError` for a row that has not as many fields as the header: it was cut off. */
export function toRows(text: string): readonly Readonly<Record<string, string>>[] {
  const [header, ...records] = toRecords(text);
  if (!header) return [];
  return records.map((fields) => {
    if (fields.length !== header.length) throw new SyntaxError(`a row has ${fields.length} fields, the header ${header.length}`);
    return Object.fromEntries(header.map((name, column) => [name, fields[column] ?? '']));
  });
}

/** One field with what ends it; a quoted field may hold commas, line breaks and doubled quotation marks. */
const FIELD = /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n|\n|\r|$)/y;

function toRecords(text: string): string[][] {
  const records: string[][] = [];
  let record: string[] = [];
  FIELD.lastIndex = 0;
  while (FIELD.lastIndex < text.length || record.length > 0) {
    const at = FIELD.lastIndex;
    const match = FIELD.exec(text);
    if (!match) throw new SyntaxError(`a quotation mark stands where none may be, at ${at}`);
    record.push(match[1]?.replaceAll('""', '"') ?? match[2] ?? '');
    if (match[3] === ',') continue;
    records.push(record);
    record = [];
  }
  return records.filter((fields) => fields.length > 1 || fields[0] !== '');
}
