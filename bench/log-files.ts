import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { syntheticRecords } from './synthetic-records.ts';

/** Log files of real accounts beside the working copy, if there are any. */
const CORPUS = process.env.POSTURE_CORPUS ?? join(import.meta.dirname, '../../shared/corpus/cloudtrail');
const RECORDS_A_FILE = 4_000;
const ID = /"eventID":"[0-9a-f-]{36}"/g;

export interface LogFiles {
  readonly records: number;
  readonly bytes: number;
  /** Where the records come from. */
  readonly origin: string;
}

/** Fills a folder with log files of about so many bytes, as CloudTrail writes them: the records of the corpus, or synthetic ones, each time with other ids. */
export function writeLogFiles(folder: string, wanted: number): LogFiles {
  mkdirSync(folder, { recursive: true });
  const texts = existsSync(CORPUS) ? corpusTexts() : syntheticRecords(RECORDS_A_FILE).map((record) => JSON.stringify(record));
  let bytes = 0;
  let records = 0;
  for (let file = 0; bytes < wanted; file += 1) {
    const chosen = Array.from({ length: RECORDS_A_FILE }, (_, index) => texts[(file * RECORDS_A_FILE + index) % texts.length] ?? '');
    const text = `{"Records":[${chosen.map((record, index) => withOtherId(record, records + index)).join(',')}]}`;
    writeFileSync(join(folder, `111122223333_CloudTrail_eu-west-1_${String(file).padStart(6, '0')}.json`), text);
    bytes += Buffer.byteLength(text);
    records += chosen.length;
  }
  return { records, bytes, origin: existsSync(CORPUS) ? 'the corpus' : 'synthetic records' };
}

function corpusTexts(): readonly string[] {
  return readdirSync(CORPUS).flatMap((file) => {
    const { Records }: { Records: readonly unknown[] } = JSON.parse(readFileSync(join(CORPUS, file), 'utf8'));
    return Records.map((record) => JSON.stringify(record));
  });
}

function withOtherId(record: string, number: number): string {
  return record.replace(ID, `"eventID":"${number.toString(16).padStart(8, '0')}-0000-4000-8000-000000000000"`);
}
