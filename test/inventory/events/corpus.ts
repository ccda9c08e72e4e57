import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** A folder with CloudTrail log files of real accounts, beside the working copy; nobody's records are kept in it. */
const FOLDER = process.env.POSTURE_CORPUS ?? join(import.meta.dirname, '../../../../shared/corpus/cloudtrail');

export const hasCorpus = existsSync(FOLDER);

/** Where there is no corpus, this says why a test of it does not run. */
export const corpusTitle = hasCorpus ? 'the corpus' : 'the corpus (not here: set POSTURE_CORPUS to a folder of CloudTrail log files)';

export function corpusFolder(): string {
  return FOLDER;
}

export type Raw = Readonly<Record<string, unknown>>;

export function corpusRecords(): readonly Raw[] {
  if (!hasCorpus) return [];
  return readdirSync(FOLDER).flatMap((file) => {
    const { Records }: { Records: readonly Raw[] } = JSON.parse(readFileSync(join(FOLDER, file), 'utf8'));
    return Records;
  });
}
