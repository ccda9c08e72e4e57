import type { ExitCode } from './exit-codes.ts';

/** Why the command stops, in one line for the person who called it: what, where, what to do. */
export class Complaint extends Error {
  override readonly name = 'Complaint';
  readonly exitCode: ExitCode;

  constructor(exitCode: ExitCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.exitCode = exitCode;
  }
}
