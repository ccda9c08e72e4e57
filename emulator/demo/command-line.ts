import { stripVTControlCharacters } from 'node:util';
import { awsWorld } from '../../cli/aws-world.ts';
import { EXIT, type ExitCode } from '../../cli/exit-codes.ts';
import type { Io } from '../../cli/io.ts';
import { run } from '../../cli/program.ts';
import type { World } from '../../cli/world.ts';
import type { Stage } from './stage.ts';

/** The product's own command line, run in this process: starting Node anew for each command would take longer than the command. */
export class CommandLine {
  readonly #io: Io;
  readonly #world: World;
  readonly #stage: Stage;

  /** In this folder there is no posture.yaml that could change what the demo finds. */
  constructor(io: Io, stage: Stage) {
    this.#io = { ...io, env: process.env, cwd: import.meta.dirname };
    this.#world = stage.mailbox.listeningTo(awsWorld);
    this.#stage = stage;
  }

  get scanLine(): string {
    return `posture scan --store ${this.#stage.store} --topic $TOPIC`;
  }

  /** What a scan prints, up to the line that is this heading if one is given. */
  async scan(until?: string): Promise<string> {
    const { store, topicArn } = this.#stage;
    const lines = (await this.#printed(['scan', '--store', store, '--topic', topicArn], EXIT.findings)).split('\n');
    const end = lines.findIndex((line) => stripVTControlCharacters(line) === until);
    return lines.slice(0, end < 0 ? lines.length : end).join('\n') + (end < 0 ? '' : '\n');
  }

  /** What changed between the last two audits, as JSON. */
  diff(): Promise<string> {
    return this.#printed(['diff', 'previous', 'latest', '--store', this.#stage.store, '--format', 'json'], EXIT.clean);
  }

  async #printed(argv: readonly string[], expected: ExitCode): Promise<string> {
    let text = '';
    const { isTTY, columns } = this.#io.stdout;
    const stdout = { isTTY, columns, write: (part: string) => void (text += part) };
    const code = await run(argv, { ...this.#io, stdout }, this.#world);
    if (code !== expected) throw new Error(`"posture ${argv.join(' ')}" ended with ${code} in place of ${expected}`);
    return text;
  }
}
