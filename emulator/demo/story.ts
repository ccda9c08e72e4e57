import { stripVTControlCharacters } from 'node:util';
import { awsWorld } from '../../cli/aws-world.ts';
import { EXIT } from '../../cli/exit-codes.ts';
import type { Io } from '../../cli/io.ts';
import { run } from '../../cli/program.ts';
import { DEMO_REGIONS, SHOP, shopAccount } from '../demo-account.ts';
import type { LocalAws } from '../local-aws.ts';
import { startLocalAws } from '../local-aws.ts';
import { findMoto } from '../moto-install.ts';
import { afternoon } from './changes.ts';
import { assertSame, type Drift, expectedDrift, FIRST_MESSAGES, SECOND_MESSAGES, toDrift, toOutline } from './drift.ts';
import type { Received } from './mailbox.ts';
import { Narrator } from './narrator.ts';
import { STAGING } from './network.ts';
import { enterLocalAws, type Stage, setStage } from './stage.ts';

/** How the story came out. */
export interface Outcome {
  readonly drift: Drift;
  /** What the queue received of the first audit, and of the second. */
  readonly messages: readonly [readonly Received[], readonly Received[]];
}

/** Tells the whole story, and leaves nothing running. @throws Error with one line when it does not come out as told */
export async function tellStory(io: Io): Promise<Outcome> {
  const narrator = new Narrator(io);
  narrator.chapter('cloud-posture');
  narrator.say(
    'Brightcart, a web shop of a dozen people, has one AWS account that nobody has looked at for a while. Here it stands on this',
  );
  narrator.say('machine (moto behind a proxy): nothing leaves it, and no AWS account is needed.');
  narrator.say('');
  const aws = await started(narrator);
  const leave = enterLocalAws(aws);
  try {
    return await new Story(io, narrator, aws, await prepared(narrator, aws)).tell();
  } finally {
    leave();
    await aws.stop();
  }
}

async function started(narrator: Narrator): Promise<LocalAws> {
  if (findMoto().length === 0) narrator.progress('installing moto into .venv, once: about a minute');
  narrator.progress('starting AWS on this machine');
  return startLocalAws({ regions: DEMO_REGIONS });
}

async function prepared(narrator: Narrator, aws: LocalAws): Promise<Stage> {
  narrator.progress('moving Brightcart in: people, buckets, networks, machines, in 3 regions');
  await aws.seed(shopAccount());
  narrator.progress('making a DynamoDB table for findings, an SNS topic for alerts, and a queue that listens to it');
  return setStage(aws);
}

const DIGEST_LINES = 16;
const ALERT_LINES = 40;
/** The heading with which a scan's summary turns to what is wrong altogether. */
const REST = 'Fix first';

class Story {
  readonly #io: Io;
  readonly #narrator: Narrator;
  readonly #aws: LocalAws;
  readonly #stage: Stage;

  constructor(io: Io, narrator: Narrator, aws: LocalAws, stage: Stage) {
    this.#io = { ...io, env: { ...process.env }, cwd: import.meta.dirname };
    this.#narrator = narrator;
    this.#aws = aws;
    this.#stage = stage;
  }

  async tell(): Promise<Outcome> {
    const first = await this.#firstAudit();
    await this.#changes();
    const drift = await this.#secondAudit();
    const second = await this.#alerts();
    this.#whereNext();
    return { drift, messages: [first, second] };
  }

  async #firstAudit(): Promise<readonly Received[]> {
    this.#narrator.chapter('1. The first audit');
    this.#narrator.verbatim(await this.#scan());
    this.#narrator.say('Everything is news on the first day. So the topic got one digest, not a mail for each finding:');
    this.#narrator.say('');
    const messages = await this.#stage.mailbox.empty();
    for (const message of messages) this.#narrator.message(message, DIGEST_LINES);
    assertSame('the announcement of the first audit', toOutline(messages), FIRST_MESSAGES);
    return messages;
  }

  async #changes(): Promise<void> {
    this.#narrator.chapter('2. An ordinary afternoon');
    for (const { text, line, make } of afternoon(this.#aws)) {
      this.#narrator.change(text, line);
      await make();
    }
  }

  async #secondAudit(): Promise<Drift> {
    this.#narrator.chapter('3. The second audit');
    const [changes] = splitAt(await this.#scan(), REST);
    this.#narrator.verbatim(changes);
    this.#narrator.note('(What to fix first follows, as above.)');
    const drift = toDrift(
      await this.#posture(['diff', 'previous', 'latest', '--store', this.#stage.store, '--format', 'json'], EXIT.clean),
    );
    const groupId = this.#aws.idOf(SHOP, 'security-group', STAGING);
    assertSame('the drift between the two audits', drift, expectedDrift(groupId));
    this.#narrator.say('');
    this.#narrator.good('Exactly the afternoon, and nothing else. The bucket counts twice: the public reads it, and its block is off.');
    return drift;
  }

  async #alerts(): Promise<readonly Received[]> {
    this.#narrator.chapter('4. What the topic said');
    this.#narrator.say(
      'Critical and high findings go out one by one, also when they are over; the rest waits for one digest a run. As received:',
    );
    this.#narrator.say('');
    const messages = await this.#stage.mailbox.empty();
    for (const message of messages) this.#narrator.message(message, ALERT_LINES);
    assertSame('the announcement of the second audit', toOutline(messages), SECOND_MESSAGES);
    return messages;
  }

  #whereNext(): void {
    this.#narrator.chapter('Your own account');
    this.#narrator.say('Read-only, with the credentials that your shell has; findings stay on your machine, in .posture/findings.db:');
    this.#narrator.say('');
    this.#narrator.command('npm run -s posture -- scan');
    this.#narrator.command('npm run -s posture -- scan --profile prod --regions eu-west-1,us-east-1');
    this.#narrator.say('');
    this.#narrator.note(
      'docs/permissions.md has the exact policy it needs; "posture doctor" tells what is missing, "posture --help" what else there is.',
    );
    this.#narrator.say('');
  }

  async #scan(): Promise<string> {
    const { store, topicArn } = this.#stage;
    const line = ['scan', '--store', store, '--topic', topicArn];
    this.#narrator.command(`posture ${line.join(' ')}`);
    return this.#posture(line, EXIT.findings);
  }

  /** Runs the command line, and gives what it wrote to standard output. */
  async #posture(argv: readonly string[], expected: number): Promise<string> {
    let text = '';
    const stdout = {
      ...this.#io.stdout,
      isTTY: this.#io.stdout.isTTY,
      columns: this.#io.stdout.columns,
      write: (part: string) => void (text += part),
    };
    const code = await run(argv, { ...this.#io, stdout }, this.#stage.mailbox.listeningTo(awsWorld));
    if (code !== expected) throw new Error(`"posture ${argv.join(' ')}" ended with ${code}, not with ${expected}`);
    return text;
  }
}

/** Both parts of a text, before and from the line that says exactly this, colours aside. */
function splitAt(text: string, heading: string): readonly [string, string] {
  const lines = text.split('\n');
  const index = lines.findIndex((line) => stripVTControlCharacters(line) === heading);
  return index < 0 ? [text, ''] : [lines.slice(0, index).join('\n'), lines.slice(index).join('\n')];
}
