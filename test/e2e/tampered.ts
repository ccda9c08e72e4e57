import { Recording } from '../../emulator/recording.ts';
import type { AwsRequest } from '../../emulator/request.ts';
import type { Answer } from '../../emulator/wire/serialize.ts';

/** A recording whose good answers to one operation are changed on their way: a whole HTTP answer, and its length is right, but its contents are not. */
export class Tampered extends Recording {
  readonly #original: Recording;
  readonly #operation: string;
  readonly #change: (body: Buffer) => Buffer;

  constructor(original: Recording, operation: string, change: (body: Buffer) => Buffer) {
    super();
    this.#original = original;
    this.#operation = operation;
    this.#change = change;
  }

  override find(accountId: string, request: AwsRequest): Answer | undefined {
    const answer = this.#original.find(accountId, request);
    if (answer?.status !== 200 || `${request.service}:${request.operation}` !== this.#operation) return answer;
    return { ...answer, body: this.#change(answer.body) };
  }
}
