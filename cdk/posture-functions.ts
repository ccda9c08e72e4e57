import { Aws, Duration } from 'aws-cdk-lib';
import { PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Architecture, Code, Function as LambdaFunction, Runtime, Tracing } from 'aws-cdk-lib/aws-lambda';
import type { RetentionDays } from 'aws-cdk-lib/aws-logs';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { acknowledgeWildcard } from './acknowledge.ts';
import { PLAN_SECONDS, SCAN_SECONDS, SUMMARIZE_SECONDS } from './audit-definition.ts';
import { FUNCTIONS } from './bundle.ts';
import { type Asked, type Circumstances, type FunctionName, functionPermissions, type Permissions } from './function-permissions.ts';
import { keptLog } from './kept-log.ts';
import { functionNamed } from './names.ts';

/** Seconds that a batch of events may take. */
export const REACT_SECONDS = 60;

/** What each function needs of Lambda. Memory buys processor time: a scan unpacks large answers, a receipt is written in milliseconds. */
const SIZES: Readonly<Record<FunctionName, { readonly memory: number; readonly seconds: number; readonly description: string }>> = {
  plan: { memory: 512, seconds: PLAN_SECONDS, description: 'Plans an audit: which accounts, which regions' },
  scan: { memory: 1024, seconds: SCAN_SECONDS, description: 'Audits one scope: an account and a region' },
  summarize: { memory: 1024, seconds: SUMMARIZE_SECONDS, description: 'Ends an audit: coverage, posture, metrics, the digest' },
  react: { memory: 1024, seconds: REACT_SECONDS, description: 'Judges what happened, and what it touched' },
  notify: { memory: 256, seconds: 300, description: 'Tells what changed in a finding, once' },
  confirm: { memory: 256, seconds: 30, description: 'Writes down what the topic has taken' },
};

/** What a statement names and under which conditions, by what is asked. */
export type Targets = Readonly<Record<Asked, Target>>;

export interface Target {
  readonly resources: readonly string[];
  /** Why a resource has a wildcard in it; absent if none has. */
  readonly wildcard?: string;
  readonly conditions?: Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>;
}

export interface PostureFunctionsProps {
  /** Folder of the bundle. */
  readonly asset: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly circumstances: Circumstances;
  readonly targets: Targets;
  /** ARN of the key behind table and topics. */
  readonly keyArn: string;
  readonly retention: RetentionDays;
  /** Where the receipts go that could not be written down. */
  readonly undelivered: IQueue;
}

/** The functions, each with its own role and log, from one shared asset. */
export class PostureFunctions extends Construct {
  readonly byName: Readonly<Record<FunctionName, LambdaFunction>>;

  constructor(scope: Construct, id: string, props: PostureFunctionsProps) {
    super(scope, id);
    const code = Code.fromAsset(props.asset);
    const [plan, scan, summarize, react, notify, confirm] = FUNCTIONS.map((name) => this.addFunction(name, code, props));
    if (!plan || !scan || !summarize || !react || !notify || !confirm) throw new Error('a function is missing');
    this.byName = { plan, scan, summarize, react, notify, confirm };
  }

  private addFunction(
    name: FunctionName,
    code: Code,
    { environment, retention, undelivered, ...grants }: PostureFunctionsProps,
  ): LambdaFunction {
    const { memory, seconds, description } = SIZES[name];
    const scope = new Construct(this, name);
    const logGroup = keptLog(scope, 'Log', { name: `/aws/lambda/${functionNamed(name)}`, retention });
    const role = new Role(scope, 'Role', {
      roleName: functionNamed(name),
      description,
      assumedBy: new ServicePrincipal('lambda.amazonaws.com'),
    });
    role.addToPolicy(
      new PolicyStatement({ sid: 'Log', actions: ['logs:CreateLogStream', 'logs:PutLogEvents'], resources: [logGroup.logGroupArn] }),
    );
    for (const statement of statementsOf(name, grants)) role.addToPolicy(statement);
    explainWildcards(role, functionPermissions(name, grants.circumstances), grants.targets);
    return new LambdaFunction(scope, 'Function', {
      functionName: functionNamed(name),
      description,
      runtime: Runtime.NODEJS_24_X,
      architecture: Architecture.ARM_64,
      code,
      handler: `${name}.handler`,
      memorySize: memory,
      timeout: Duration.seconds(seconds),
      role,
      logGroup,
      environment: { ...environment },
      // Logs and metrics tell times and counts already; traces of thousands of scans a day would cost more than the scans.
      tracing: Tracing.DISABLED,
      ...(name === 'confirm' ? { deadLetterQueue: undelivered } : {}),
    });
  }
}

function statementsOf(
  name: FunctionName,
  { circumstances, targets, keyArn }: Pick<PostureFunctionsProps, 'circumstances' | 'targets' | 'keyArn'>,
): readonly PolicyStatement[] {
  const permissions = functionPermissions(name, circumstances);
  const asked = ASKED.flatMap((what) => {
    const actions = permissions[what];
    if (actions === undefined) return [];
    const { resources, conditions } = targets[what];
    return [
      new PolicyStatement({ sid: toSid(what), actions: [...actions], resources: [...resources], ...(conditions ? { conditions } : {}) }),
    ];
  });
  return [
    ...asked,
    ...(permissions.table ? [keyStatement('dynamodb', keyArn)] : []),
    ...(permissions.topic ? [keyStatement('sns', keyArn)] : []),
  ];
}

function explainWildcards(role: Role, permissions: Permissions, targets: Targets): void {
  for (const what of ASKED) {
    const { resources, wildcard } = targets[what];
    if (permissions[what] === undefined || wildcard === undefined) continue;
    for (const resource of resources) acknowledgeWildcard(role, resource, wildcard);
  }
}

const ASKED: readonly Asked[] = [
  'table',
  'open',
  'resolved',
  'unannounced',
  'job files',
  'bucket',
  'topic',
  'members',
  'executions',
  'events',
  'organization',
  'units',
  'security hub',
];

function toSid(what: Asked): string {
  return what.replace(/(^| )[a-z]/g, (start) => start.trim().toUpperCase());
}

/**
 * The key opens only through the service that it protects.
 * https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/encryption.usagenotes.html
 * https://docs.aws.amazon.com/sns/latest/dg/sns-key-management.html
 */
const KEY_ACTIONS = {
  dynamodb: ['kms:Decrypt', 'kms:DescribeKey', 'kms:Encrypt', 'kms:GenerateDataKey', 'kms:ReEncryptFrom', 'kms:ReEncryptTo'],
  sns: ['kms:Decrypt', 'kms:GenerateDataKey'],
};

function keyStatement(service: 'dynamodb' | 'sns', keyArn: string): PolicyStatement {
  return new PolicyStatement({
    sid: service === 'sns' ? 'TopicKey' : 'TableKey',
    actions: KEY_ACTIONS[service],
    resources: [keyArn],
    conditions: { StringEquals: { 'kms:ViaService': `${service}.${Aws.REGION}.amazonaws.com` } },
  });
}
