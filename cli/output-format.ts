import { InvalidArgumentError, Option } from 'commander';
import { didYouMean } from '../config/nearest.ts';

/** Every form that a report is written in. */
export const OUTPUT_FORMATS = ['table', 'json', 'ndjson', 'csv', 'sarif', 'junit', 'ocsf', 'asff', 'markdown', 'html'] as const;
export type OutputFormat = (typeof OUTPUT_FORMATS)[number];

/** Where a report is to go, in which form. */
export interface OutputTarget {
  /** `undefined`: in the form that `--format` names. */
  readonly format: OutputFormat | undefined;
  /** `-` is stdout. */
  readonly path: string;
}

export function reportFormatOption(): Option {
  return new Option('--format <format>', `how to write it: ${OUTPUT_FORMATS.join(', ')}`).argParser(toFormat).default('table');
}

export function reportOutputOption(): Option {
  return new Option(
    '--output <target>',
    'also write it as FORMAT=FILE, once per target, FILE "-" for stdout; a FILE alone takes the data in place of stdout',
  ).argParser(toTargets);
}

function toFormat(value: string): OutputFormat {
  const known = formatNamed(value);
  if (known === undefined)
    throw new InvalidArgumentError(`Expected one of ${OUTPUT_FORMATS.join(', ')}${didYouMean(value, OUTPUT_FORMATS)}`);
  return known;
}

function toTargets(value: string, before: readonly OutputTarget[] = []): readonly OutputTarget[] {
  return [...before, toTarget(value)];
}

/** `sarif=posture.sarif`, or a file alone; `./a=b` is a file too. */
function toTarget(value: string): OutputTarget {
  if (value === '') throw new InvalidArgumentError('It is empty; name a file, or FORMAT=FILE.');
  const [, word, path] = /^([\w-]+)=(.*)$/s.exec(value) ?? [];
  if (word === undefined || path === undefined) return { format: undefined, path: value };
  const format = formatNamed(word);
  if (format === undefined)
    throw new InvalidArgumentError(
      `There is no format "${word}"${didYouMean(word, OUTPUT_FORMATS) || `; there are ${OUTPUT_FORMATS.join(', ')}`} For a file of that name write "./${value}".`,
    );
  if (path === '') throw new InvalidArgumentError(`It names no file; expected ${format}=FILE, or ${format}=- for stdout.`);
  return { format, path };
}

function formatNamed(word: string): OutputFormat | undefined {
  return OUTPUT_FORMATS.find((format) => format === word.toLowerCase());
}
