/** Where text goes: the terminal, a pipe, or a test's array. */
export interface Sink {
  readonly write: (text: string) => void;
  /** Resolves when what was written has left, or at once if there is little of it. False: nobody reads any more. Absent: there is always room. */
  readonly hasRoom?: () => Promise<boolean>;
  readonly isTTY: boolean;
  /** Width in columns, if the sink has one. */
  readonly columns: number | undefined;
}

/** All that a command knows of the outside besides AWS. */
export interface Io {
  /** Data, and nothing else. */
  readonly stdout: Sink;
  /** Progress, notes and complaints. */
  readonly stderr: Sink;
  readonly stdin?: AsyncIterable<Uint8Array>;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Paths are relative to it. */
  readonly cwd: string;
  readonly now: () => Date;
  /** Aborted by Ctrl-C. */
  readonly interrupted: AbortSignal;
}

const DEFAULT_WIDTH = 80;

/** Columns to fit text into; 80 where nobody knows. */
export function widthOfSink(sink: Sink): number {
  return sink.columns !== undefined && sink.columns > 0 ? sink.columns : DEFAULT_WIDTH;
}
