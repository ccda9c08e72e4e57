import type { Io } from '../../cli/io.ts';
import { DEMO_REGIONS, HOME_REGION, SHOP, shopAccount } from '../demo-account.ts';
import { type LocalAws, startLocalAws } from '../local-aws.ts';
import { findMoto } from '../moto-install.ts';
import { afternoon } from './changes.ts';
import { CommandLine } from './command-line.ts';
import { assertSame, type Drift, expectedDrift, FIRST_MESSAGES, SECOND_MESSAGES, toDrift, toOutline } from './drift.ts';
import type { Received } from './mailbox.ts';
import { Narrator } from './narrator.ts';
import { STAGING } from './network.ts';
import { leaveRealAws, type Stage, setStage } from './stage.ts';

/** How the story came out. */
export interface Outcome {
  readonly drift: Drift;
  /** What the queue received of the first audit, and of the second. */
  readonly messages: readonly [readonly Received[], readonly Received[]];
}

const PROLOGUE =
  'Brightcart, a web shop of a dozen people, has an AWS account that nobody has looked after for a while. ' +
  'This demo emulates it on your machine (moto behind a proxy): it needs no AWS account, and nothing leaves.';

const VERDICT =
  'The afternoon, and nothing else. The bucket counts twice: everybody reads it, and its block is off. ' +
  'Staging had 8080 open before: that finding stays one, and now names 22 too.';

/** Tells the whole story, and leaves nothing running. @throws Error with one line when it does not come out as told */
export async function tellStory(io: Io): Promise<Outcome> {
  const narrator = new Narrator(io);
  const goBack = leaveRealAws();
  try {
    narrator.gap();
    narrator.chapter('cloud-posture');
    narrator.say(PROLOGUE);
    const aws = await started(narrator);
    try {
      Object.assign(process.env, aws.environment(SHOP, HOME_REGION));
      const stage = await prepared(narrator, aws);
      return await new Story(narrator, aws, stage, new CommandLine(io, stage)).tell();
    } finally {
      await aws.stop();
    }
  } finally {
    goBack();
  }
}

async function started(narrator: Narrator): Promise<LocalAws> {
  if (findMoto().length === 0) narrator.progress('installing moto into .venv, only this once: about a minute');
  narrator.progress('starting AWS on this machine');
  return startLocalAws({ regions: DEMO_REGIONS });
}

async function prepared(narrator: Narrator, aws: LocalAws): Promise<Stage> {
  narrator.progress('moving Brightcart in: people, buckets, networks, machines');
  await aws.seed(shopAccount());
  narrator.progress('a DynamoDB table for findings, an SNS topic for alerts, a queue on the topic');
  const stage = await setStage(aws);
  narrator.gap();
  return stage;
}

const DIGEST_LINES = 15;
const ALERT_LINES = 8;
/** The heading with which a scan's summary turns to what is wrong altogether. */
const REST = 'Fix first';

class Story {
  readonly #narrator: Narrator;
  readonly #aws: LocalAws;
  readonly #stage: Stage;
  readonly #commandLine: CommandLine;

  constructor(narrator: Narrator, aws: LocalAws, stage: Stage, commandLine: CommandLine) {
    this.#narrator = narrator;
    this.#aws = aws;
    this.#stage = stage;
    this.#commandLine = commandLine;
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
    const { topicArn, mailbox } = this.#stage;
    this.#narrator.chapter('1. The first audit');
    this.#narrator.command(`TOPIC=${topicArn}`);
    this.#narrator.command(this.#commandLine.scanLine);
    this.#narrator.verbatim(await this.#commandLine.scan());
    this.#narrator.say('On the first day everything is news: the topic carries one digest, not a mail for each finding.');
    const messages = await mailbox.empty();
    for (const message of messages) this.#narrator.message(message, DIGEST_LINES);
    assertSame('the announcement of the first audit', toOutline(messages), FIRST_MESSAGES);
    return messages;
  }

  async #changes(): Promise<void> {
    this.#narrator.chapter('2. An ordinary afternoon');
    for (const { text, lines, make } of afternoon(this.#aws)) {
      this.#narrator.change(text, lines);
      await make();
    }
  }

  async #secondAudit(): Promise<Drift> {
    this.#narrator.chapter('3. The second audit');
    this.#narrator.command(this.#commandLine.scanLine);
    this.#narrator.verbatim(await this.#commandLine.scan(REST));
    this.#narrator.note('(What to fix first follows, as above.)');
    const drift = toDrift(await this.#commandLine.diff());
    assertSame('the drift between the two audits', drift, expectedDrift(this.#aws.idOf(SHOP, 'security-group', STAGING)));
    this.#narrator.good(VERDICT);
    return drift;
  }

  async #alerts(): Promise<readonly Received[]> {
    this.#narrator.chapter('4. What the topic carried');
    this.#narrator.say('What is critical or high is told at once and alone, and so is its end; the rest waits for one digest a run.');
    const messages = await this.#stage.mailbox.empty();
    for (const [index, message] of messages.entries())
      this.#narrator.message(message, index === 0 ? Number.POSITIVE_INFINITY : ALERT_LINES);
    assertSame('the announcement of the second audit', toOutline(messages), SECOND_MESSAGES);
    return messages;
  }

  #whereNext(): void {
    this.#narrator.chapter('Your own account');
    this.#narrator.say('Read-only, with the credentials that your shell has. Findings stay on your machine, in .posture/findings.db.');
    this.#narrator.command('npm run -s posture -- scan');
    this.#narrator.command('npm run -s posture -- scan --profile prod --regions eu-west-1,us-east-1');
    this.#narrator.gap();
    this.#narrator.note('docs/permissions.md has the exact policy it needs; "posture doctor" tells what is missing.');
  }
}
