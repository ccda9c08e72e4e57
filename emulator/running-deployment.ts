import { S3Client } from '@aws-sdk/client-s3';
import { SFNClient, StartExecutionCommand, StopExecutionCommand } from '@aws-sdk/client-sfn';
import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts';
import type { Credentials } from './callers.ts';
import type { DeployedFunction, Deployment, Target } from './deployment.ts';
import { EventBridge } from './event-bridge.ts';
import { type LocalLambda, startLambda } from './local-lambda.ts';
import { QueuePump } from './queue-pump.ts';
import { type Ended, runStateMachine } from './state-machine.ts';
import { StreamPump } from './stream-pump.ts';
import { TopicPump } from './topic-pump.ts';
import { type Delivered, TopicQueue } from './topic-queue.ts';

export interface AuditOptions {
  /** The execution's name. */
  readonly name: string;
  /** ISO 8601 UTC with milliseconds; now unless told. */
  readonly startTime?: string;
  /** In the place of a function, or around it. */
  readonly invoke?: Invoke;
}

export interface StartOptions {
  /** What happens before a batch of the stream is tried again, besides that confirmations arrive. */
  readonly beforeRetry?: (() => Promise<unknown>) | undefined;
  /** Of the functions, besides what was deployed. */
  readonly environment?: Readonly<Record<string, string>> | undefined;
}

/** `call` invokes the deployed function. `remainingMs`: its own timeout unless told. */
export type Invoke = (name: string, payload: unknown, call: (remainingMs?: number) => Promise<unknown>) => Promise<unknown>;

/** A deployed function that can be invoked. */
export interface RunningFunction extends DeployedFunction {
  readonly lambda: LocalLambda;
  /** As the local AWS's log of calls has it. */
  readonly callerArn: string;
  readonly credentials: Credentials;
  readonly invoke: (event: unknown, remainingMs?: number) => Promise<unknown>;
}

/** A deployment whose functions run on this machine, each with the credentials of its role, and what stands in for Lambda, SNS and Step Functions. */
export class RunningDeployment {
  readonly deployment: Deployment;
  readonly functions: ReadonlyMap<string, RunningFunction>;
  readonly stream: StreamPump;
  /** What services tell. */
  readonly bridge: EventBridge;
  /** Hands over to `react` what is in the queue of events. */
  readonly events: QueuePump;
  readonly confirmations: TopicPump;
  readonly #subscriber: TopicQueue;
  readonly #target: Target;
  readonly #machine: Credentials;

  private constructor(parts: Parts) {
    this.deployment = parts.deployment;
    this.functions = parts.functions;
    this.#subscriber = parts.subscriber;
    this.#target = parts.target;
    this.#machine = parts.machine;
    this.confirmations = new TopicPump({ queue: parts.handedBack, invoke: (event) => this.function('confirm').invoke(event) });
    this.bridge = new EventBridge(parts.target.aws);
    this.events = parts.events;
    this.stream = new StreamPump({
      endpoint: parts.target.aws.endpoint,
      region: parts.target.region,
      credentials: parts.poller,
      streamArn: parts.deployment.streamArn,
      mapping: parts.deployment.mapping,
      invoke: (event) => this.function('notify').invoke(event),
      beforeRetry: () => parts.beforeRetry(this),
    });
  }

  static async start(
    target: Target,
    deployment: Deployment,
    { beforeRetry = async () => undefined, environment = {} }: StartOptions = {},
  ): Promise<RunningDeployment> {
    const functions = new Map<string, RunningFunction>();
    for (const [name, deployed] of Object.entries(deployment.functions))
      functions.set(name, await startFunction(target, { ...deployed, environment: { ...deployed.environment, ...environment } }));
    const settings = target.aws.client(target.accountId, target.region);
    const { topicArn, filterPolicy } = deployment;
    const handedBack = await TopicQueue.open({ settings, topicArn, name: 'handed-back', filterPolicy });
    const subscriber = await TopicQueue.open({ settings, topicArn, name: 'subscriber' });
    const { credentials: machine } = await assume(target, deployment.stateMachine.roleArn, 'state-machine');
    // Lambda reads the stream in the function's name, too.
    const { credentials: poller } = await assume(target, deployment.functions.notify?.roleArn ?? '', 'event-source-mapping');
    const events = await openEvents(target, deployment, functions.get('react'));
    const settle = async (running: RunningDeployment) => {
      await running.confirmations.drain();
      await beforeRetry();
    };
    return new RunningDeployment({
      ...{ target, deployment, functions, handedBack, subscriber, machine, poller, events },
      beforeRetry: settle,
    });
  }

  /** @throws Error when no function of that name is deployed */
  function(name: string): RunningFunction {
    const found = this.functions.get(name);
    if (!found) throw new Error(`no function ${name} is deployed`);
    return found;
  }

  /** Runs the deployed state machine once. While it runs, Step Functions says that it does. */
  async audit({ name, startTime = new Date().toISOString(), invoke = callThrough }: AuditOptions): Promise<Ended> {
    const { aws, accountId, region } = this.#target;
    const { arn: stateMachineArn, definition } = this.deployment.stateMachine;
    const sfn = new SFNClient(aws.client(accountId, region));
    const { executionArn: id = '' } = await sfn.send(new StartExecutionCommand({ stateMachineArn, name, input: '{}' }));
    try {
      return await runStateMachine({
        definition,
        input: {},
        execution: { id, name, startTime, stateMachineArn },
        s3: new S3Client({ ...aws.client(accountId, region), credentials: this.#machine }),
        invoke: (functionName, payload) => {
          const [module, deployed] = this.#named(functionName);
          return invoke(module, payload, (remainingMs) => deployed.invoke(payload, remainingMs));
        },
      });
    } finally {
      await sfn.send(new StopExecutionCommand({ executionArn: id }));
    }
  }

  /** Lets what was saved be told, and what was told be confirmed, until nothing moves. */
  async deliver(): Promise<void> {
    while ((await this.stream.drain()) + (await this.confirmations.drain()) > 0);
  }

  /** What subscribers of the topic got since they were last asked. */
  async messages(): Promise<readonly Delivered[]> {
    return this.#subscriber.empty();
  }

  async stop(): Promise<void> {
    for (const { lambda } of this.functions.values()) await lambda.stop();
  }

  #named(functionName: string): readonly [string, RunningFunction] {
    const found = [...this.functions].find(([, deployed]) => arnOrName(functionName) === deployed.functionName);
    if (!found) throw new Error(`no function ${functionName} is deployed`);
    return found;
  }
}

interface Parts {
  readonly target: Target;
  readonly deployment: Deployment;
  readonly functions: ReadonlyMap<string, RunningFunction>;
  readonly handedBack: TopicQueue;
  readonly subscriber: TopicQueue;
  readonly machine: Credentials;
  readonly poller: Credentials;
  readonly events: QueuePump;
  readonly beforeRetry: (running: RunningDeployment) => Promise<unknown>;
}

const callThrough: Invoke = (_name, _payload, call) => call();

/** The name in a function's ARN, with or without a qualifier. */
function arnOrName(functionName: string): string {
  return /:function:([^:]+)/.exec(functionName)?.[1] ?? functionName;
}

async function startFunction(target: Target, deployed: DeployedFunction): Promise<RunningFunction> {
  const { aws, accountId, region } = target;
  const { asset, handler, functionName, environment, roleArn, timeoutSeconds } = deployed;
  // Lambda names the session after the function.
  const { credentials, callerArn } = await assume(target, roleArn, functionName);
  const lambda = startLambda({
    asset,
    handler,
    functionName,
    accountId,
    environment: {
      ...environment,
      AWS_REGION: region,
      AWS_ENDPOINT_URL: aws.endpoint,
      AWS_ACCESS_KEY_ID: credentials.accessKeyId,
      AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
      AWS_SESSION_TOKEN: credentials.sessionToken ?? '',
    },
  });
  const invoke = (event: unknown, remainingMs = timeoutSeconds * 1000) => lambda.invoke(event, { remainingMs });
  return { ...deployed, lambda, callerArn, credentials, invoke };
}

async function openEvents(target: Target, { eventsUrl, eventMapping }: Deployment, react: RunningFunction | undefined): Promise<QueuePump> {
  if (!react) throw new Error('no function react is deployed');
  const { aws, accountId, region } = target;
  const owner = aws.client(accountId, region);
  const { credentials } = await assume(target, react.roleArn, 'event-source-mapping');
  return QueuePump.open({
    settings: { ...owner, credentials },
    owner,
    queueUrl: eventsUrl,
    queueArn: `arn:aws:sqs:${region}:${accountId}:${eventsUrl.split('/').at(-1)}`,
    mapping: eventMapping,
    invoke: (event) => react.invoke(event),
  });
}

async function assume({ aws, accountId, region }: Target, RoleArn: string, RoleSessionName: string) {
  const sts = new STSClient(aws.client(accountId, region));
  const { Credentials: given, AssumedRoleUser } = await sts.send(new AssumeRoleCommand({ RoleArn, RoleSessionName }));
  const { AccessKeyId = '', SecretAccessKey = '', SessionToken = '' } = given ?? {};
  const credentials = { accessKeyId: AccessKeyId, secretAccessKey: SecretAccessKey, sessionToken: SessionToken };
  return { credentials, callerArn: AssumedRoleUser?.Arn ?? '' };
}
