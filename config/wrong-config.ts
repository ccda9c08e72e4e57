/** A place in posture.yaml where something is wrong, and what was expected there. Lines and columns begin with 1. */
export interface Fault {
  readonly line: number;
  readonly column: number;
  /** The key as it is written in messages: `checks.iam-user-keys-rotated.params.days`; empty where the text as a whole is at fault. */
  readonly key: string;
  readonly message: string;
}

/**
 * The configuration cannot be used. The message is one line: `file:line:column: what is wrong, what was expected and the nearest right word`.
 * Without faults the file itself could not be read.
 */
export class WrongConfig extends Error {
  override readonly name = 'WrongConfig';
  readonly file: string;
  readonly faults: readonly Fault[];

  constructor(file: string, message: string, faults: readonly Fault[], options?: ErrorOptions) {
    super(message, options);
    this.file = file;
    this.faults = faults;
  }
}
