import type { BuildHandler, HandlerExecutionContext } from '@smithy/types';
import { type Connections, createConnections, type ServiceName } from '../../inventory/connections.ts';
import { CoverageLog } from '../../inventory/coverage.ts';
import { Meter } from '../../inventory/pacing.ts';
import type { Session } from '../../inventory/session.ts';

export type Input = Readonly<Record<string, unknown>>;

/** What AWS says: the output itself, or a function of the input that may throw what `refused` makes. */
export type Answer = object | ((input: Input, region: string) => object);

/** Answers by `service:Operation`. */
export type Answers = Readonly<Record<string, Answer>>;

/** A request that reached the fake AWS. */
export interface Sent {
  readonly operation: string;
  readonly region: string;
  readonly input: Input;
}

export const ACCOUNT = '123456789012';

/**
 * A session on a fake AWS: real SDK clients that serialise their input and resolve their endpoint, but get their answer from a table before anything is
 * signed, paced, retried or sent. An operation without an answer fails as a bug would.
 */
export function fakeSession(answers: Answers, given: Partial<Session> = {}): { readonly session: Session; readonly sent: readonly Sent[] } {
  const sent: Sent[] = [];
  const meter = new Meter();
  const real = createConnections({
    credentials: { accessKeyId: 'id', secretAccessKey: 'key' },
    meter,
    maxAttempts: 1,
    requestTimeout: 1_000,
  });
  const answering = (service: ServiceName, region: string) => answerFrom(answers, service, region, sent);
  const session: Session = {
    accountId: ACCOUNT,
    partition: 'aws',
    callerArn: `arn:aws:iam::${ACCOUNT}:user/auditor`,
    globalRegion: 'us-east-1',
    aws: intercepted(real, answering),
    meter,
    coverage: new CoverageLog(),
    regions: ['eu-central-1', 'us-east-1'],
    ...given,
  };
  return { session, sent };
}

/** An error as the SDK throws it for a refusal of the service. */
export function refused(name: string, status = 400, message = `${name} by the fake AWS`): Error {
  return Object.assign(new Error(message), { name, $fault: 'client', $metadata: { httpStatusCode: status } });
}

/** Answers one page after the other, in each of the ways in which AWS names its page tokens. */
export function pages(...outputs: readonly object[]): Answer {
  return (input) => {
    const index = Number(tokenOf(input) ?? 0);
    const next = index + 1 < outputs.length ? String(index + 1) : undefined;
    const tokens = { NextToken: next, nextToken: next, Marker: next, NextMarker: next, ContinuationToken: next, position: next };
    return { ...outputs[index], ...tokens, IsTruncated: next !== undefined };
  };
}

/** The page token of a request; `undefined` in the first. */
export function tokenOf(input: Input): unknown {
  return input.NextToken ?? input.nextToken ?? input.Marker ?? input.ContinuationToken ?? input.position;
}

export function answerTo(answer: Answer, input: Input, region: string): object {
  return typeof answer === 'function' ? answer(input, region) : answer;
}

function answerFrom(answers: Answers, service: ServiceName, region: string, sent: Sent[]) {
  return <In extends object, Out extends object>(_next: BuildHandler<In, Out>, context: HandlerExecutionContext): BuildHandler<In, Out> =>
    async (args) => {
      const operation = `${service}:${String(context.commandName).replace(/Command$/, '')}`;
      const input: Input = Object.fromEntries(Object.entries(args.input));
      sent.push({ operation, region, input });
      const answer = answers[operation];
      if (answer === undefined) throw new Error(`the test has no answer for ${operation}`);
      const output: readonly object[] = [{ $metadata: {} }, answerTo(answer, input, region)];
      return { response: {}, output: Object.assign({}, ...output) };
    };
}

type Fake = ReturnType<typeof answerFrom>;

/** After the input was serialised, before retries. */
const BEFORE_RETRIES = { step: 'build', priority: 'low', name: 'fakeAws', override: true } as const;

function intercepted(aws: Connections, answering: (service: ServiceName, region: string) => Fake): Connections {
  const add = <
    Connected extends { readonly client: { readonly middlewareStack: { add: (fake: Fake, at: typeof BEFORE_RETRIES) => void } } },
  >(
    service: ServiceName,
    open: (region: string) => Promise<Connected>,
  ) => {
    return async (region: string): Promise<Connected> => {
      const connected = await open(region);
      connected.client.middlewareStack.add(answering(service, region), BEFORE_RETRIES);
      return connected;
    };
  };
  return {
    'access-analyzer': add('access-analyzer', aws['access-analyzer']),
    account: add('account', aws.account),
    apigateway: add('apigateway', aws.apigateway),
    apigatewayv2: add('apigatewayv2', aws.apigatewayv2),
    autoscaling: add('autoscaling', aws.autoscaling),
    cloudfront: add('cloudfront', aws.cloudfront),
    cloudtrail: add('cloudtrail', aws.cloudtrail),
    cloudwatch: add('cloudwatch', aws.cloudwatch),
    config: add('config', aws.config),
    ec2: add('ec2', aws.ec2),
    ecr: add('ecr', aws.ecr),
    elasticfilesystem: add('elasticfilesystem', aws.elasticfilesystem),
    elasticloadbalancing: add('elasticloadbalancing', aws.elasticloadbalancing),
    guardduty: add('guardduty', aws.guardduty),
    iam: add('iam', aws.iam),
    inspector2: add('inspector2', aws.inspector2),
    kms: add('kms', aws.kms),
    lambda: add('lambda', aws.lambda),
    logs: add('logs', aws.logs),
    macie2: add('macie2', aws.macie2),
    organizations: add('organizations', aws.organizations),
    rds: add('rds', aws.rds),
    s3: add('s3', aws.s3),
    s3control: add('s3control', aws.s3control),
    secretsmanager: add('secretsmanager', aws.secretsmanager),
    securityhub: add('securityhub', aws.securityhub),
    sns: add('sns', aws.sns),
    sqs: add('sqs', aws.sqs),
    ssm: add('ssm', aws.ssm),
    sso: add('sso', aws.sso),
    sts: add('sts', aws.sts),
  };
}
