import { Complaint } from './complaint.ts';
import { EXIT } from './exit-codes.ts';
import type { Io } from './io.ts';
import { type Output, openOutput } from './output.ts';
import type { OutputFormat, OutputTarget } from './output-format.ts';

/** What a person who asks for outputs says. */
export interface OutputOptions {
  readonly format: OutputFormat;
  readonly output?: readonly OutputTarget[];
}

/** Makes the text of one output; `file` is absent for stdout. */
export type Render = (format: OutputFormat, file: string | undefined) => Iterable<string> | Promise<Iterable<string>>;

export interface Outputs {
  /** Writes every output, one after the other: those that can be written are, whatever becomes of the others. @throws Complaint of the first that cannot */
  readonly write: (render: Render) => Promise<void>;
}

interface Opened {
  readonly format: OutputFormat;
  /** `undefined` for stdout. */
  readonly file: string | undefined;
  readonly output: Output;
}

/** @throws Complaint at once, before any work is done, if one cannot be written, or two would go to the same place */
export function openOutputs(io: Io, options: OutputOptions): Outputs {
  const opened = toTargets(options).map(({ format, file }): Opened => ({ format, file, output: openOutput(io, file) }));
  assertApart(opened);
  return { write: (render) => writeAll(opened, render) };
}

type Target = Omit<Opened, 'output'>;

/** What `--format` names goes to stdout, or to the file that stands alone, unless another output takes stdout in place of the table. */
function toTargets({ format, output = [] }: OutputOptions): readonly Target[] {
  const alone = output.filter((target) => target.format === undefined);
  const named = output.flatMap((target) => (target.format === undefined ? [] : [{ format: target.format, file: toFile(target.path) }]));
  if (alone.length > 1)
    throw new Complaint(EXIT.usage, `only one --output may be a file without its format; write FORMAT=${alone[1]?.path ?? ''}`);
  const file = alone[0] && toFile(alone[0].path);
  const isTaken = file === undefined && format === 'table' && named.some((target) => target.file === undefined);
  return isTaken ? named : [{ format, file }, ...named];
}

function toFile(path: string): string | undefined {
  return path === '-' ? undefined : path;
}

function assertApart(opened: readonly Opened[]): void {
  const taken = new Map<string | undefined, Opened>();
  for (const one of opened) {
    const other = taken.get(one.output.path);
    if (other) {
      const where = one.file === undefined ? 'stdout' : one.file;
      throw new Complaint(
        EXIT.usage,
        `${other.format} and ${one.format} would both go to ${where}; name another file with --output ${one.format}=FILE`,
      );
    }
    taken.set(one.output.path, one);
  }
}

async function writeAll(opened: readonly Opened[], render: Render): Promise<void> {
  const refusals: unknown[] = [];
  for (const { format, file, output } of opened) {
    try {
      await output.write(await render(format, file));
    } catch (error) {
      if (!(error instanceof Complaint)) throw error;
      refusals.push(error);
    }
  }
  if (refusals.length > 0) throw refusals[0];
}
