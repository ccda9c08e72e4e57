import type { AwsCredentialIdentity, Provider } from '@smithy/types';
import { endpointSettings } from './endpoint.ts';
import { type Meter, pacing } from './pacing.ts';
import { WholeAnswerHandler } from './whole-answer.ts';

/** The services we ask, by the name that their IAM actions carry; of two APIs with the same actions, one has its name in the AWS CLI. */
export type ServiceName = keyof Connections | 'states';

export interface ConnectionSettings {
  /** The SDK's default chain when absent. */
  readonly credentials: AwsCredentialIdentity | Provider<AwsCredentialIdentity> | undefined;
  readonly meter: Meter;
  /** Attempts per request, the first included. */
  readonly maxAttempts: number;
  /** Milliseconds without a byte after which an attempt counts as failed. */
  readonly requestTimeout: number;
  /** Those of other sessions in the same process, with their time-out; its own if absent. */
  readonly sockets?: Sockets;
}

/** A pool of sockets that any number of clients may share. */
export type Sockets = ReturnType<typeof openSockets>;

/** Milliseconds without a byte after which an attempt counts as failed. */
export function openSockets(requestTimeout: number) {
  const { agents, pathStyle } = endpointSettings();
  const requestHandler = new WholeAnswerHandler({
    requestTimeout,
    socketTimeout: requestTimeout,
    connectionTimeout: 5_000,
    throwOnRequestTimeout: true,
    ...agents,
  });
  return { requestHandler, pathStyle };
}

/** Opens the SDK of a service on first use: importing this file loads none. */
export type Connections = ReturnType<typeof createConnections>;

/** One client per service and region over one shared pool of sockets, each request paced and counted. */
export function createConnections({ credentials, meter, maxAttempts, requestTimeout, sockets }: ConnectionSettings) {
  const { requestHandler, pathStyle } = sockets ?? openSockets(requestTimeout);
  const configure = (region: string) => ({
    region,
    requestHandler,
    maxAttempts,
    retryMode: 'adaptive',
    ...(credentials === undefined ? {} : { credentials }),
  });

  type Settings = ReturnType<typeof configure>;
  const connection = <Sdk, Client extends PacedClient>(
    service: string,
    load: () => Promise<Sdk>,
    open: (sdk: Sdk, settings: Settings) => Client,
  ) =>
    perRegion(async (region) => {
      const sdk = await load();
      const client = open(sdk, configure(region));
      client.middlewareStack.add(pacing(service, region, meter), PACING);
      return { sdk, client };
    });

  return {
    'access-analyzer': connection(
      'access-analyzer',
      () => import('./sdk/access-analyzer.ts'),
      (sdk, settings) => new sdk.AccessAnalyzerClient(settings),
    ),
    account: connection(
      'account',
      () => import('./sdk/account.ts'),
      (sdk, settings) => new sdk.AccountClient(settings),
    ),
    apigateway: connection(
      'apigateway',
      () => import('./sdk/api-gateway.ts'),
      (sdk, settings) => new sdk.APIGatewayClient(settings),
    ),
    apigatewayv2: connection(
      'apigatewayv2',
      () => import('./sdk/api-gateway-v2.ts'),
      (sdk, settings) => new sdk.ApiGatewayV2Client(settings),
    ),
    autoscaling: connection(
      'autoscaling',
      () => import('./sdk/auto-scaling.ts'),
      (sdk, settings) => new sdk.AutoScalingClient(settings),
    ),
    cloudfront: connection(
      'cloudfront',
      () => import('./sdk/cloudfront.ts'),
      (sdk, settings) => new sdk.CloudFrontClient(settings),
    ),
    cloudtrail: connection(
      'cloudtrail',
      () => import('./sdk/cloudtrail.ts'),
      (sdk, settings) => new sdk.CloudTrailClient(settings),
    ),
    cloudwatch: connection(
      'cloudwatch',
      () => import('./sdk/cloudwatch.ts'),
      (sdk, settings) => new sdk.CloudWatchClient(settings),
    ),
    config: connection(
      'config',
      () => import('./sdk/config.ts'),
      (sdk, settings) => new sdk.ConfigServiceClient(settings),
    ),
    ec2: connection(
      'ec2',
      () => import('./sdk/ec2.ts'),
      (sdk, settings) => new sdk.EC2Client(settings),
    ),
    ecr: connection(
      'ecr',
      () => import('./sdk/ecr.ts'),
      (sdk, settings) => new sdk.ECRClient(settings),
    ),
    elasticfilesystem: connection(
      'elasticfilesystem',
      () => import('./sdk/efs.ts'),
      (sdk, settings) => new sdk.EFSClient(settings),
    ),
    elasticloadbalancing: connection(
      'elasticloadbalancing',
      () => import('./sdk/load-balancing.ts'),
      (sdk, settings) => new sdk.ElasticLoadBalancingV2Client(settings),
    ),
    elb: connection(
      'elb',
      () => import('./sdk/classic-load-balancing.ts'),
      (sdk, settings) => new sdk.ElasticLoadBalancingClient(settings),
    ),
    globalaccelerator: connection(
      'globalaccelerator',
      () => import('./sdk/global-accelerator.ts'),
      (sdk, settings) => new sdk.GlobalAcceleratorClient(settings),
    ),
    guardduty: connection(
      'guardduty',
      () => import('./sdk/guardduty.ts'),
      (sdk, settings) => new sdk.GuardDutyClient(settings),
    ),
    iam: connection(
      'iam',
      () => import('./sdk/iam.ts'),
      (sdk, settings) => new sdk.IAMClient(settings),
    ),
    inspector2: connection(
      'inspector2',
      () => import('./sdk/inspector.ts'),
      (sdk, settings) => new sdk.Inspector2Client(settings),
    ),
    kms: connection(
      'kms',
      () => import('./sdk/kms.ts'),
      (sdk, settings) => new sdk.KMSClient(settings),
    ),
    lambda: connection(
      'lambda',
      () => import('./sdk/lambda.ts'),
      (sdk, settings) => new sdk.LambdaClient(settings),
    ),
    logs: connection(
      'logs',
      () => import('./sdk/logs.ts'),
      (sdk, settings) => new sdk.CloudWatchLogsClient(settings),
    ),
    macie2: connection(
      'macie2',
      () => import('./sdk/macie.ts'),
      (sdk, settings) => new sdk.Macie2Client(settings),
    ),
    organizations: connection(
      'organizations',
      () => import('./sdk/organizations.ts'),
      (sdk, settings) => new sdk.OrganizationsClient(settings),
    ),
    rds: connection(
      'rds',
      () => import('./sdk/rds.ts'),
      (sdk, settings) => new sdk.RDSClient(settings),
    ),
    s3: connection(
      's3',
      () => import('./sdk/s3.ts'),
      (sdk, settings) => new sdk.S3Client({ ...settings, forcePathStyle: pathStyle, followRegionRedirects: true }),
    ),
    s3control: connection(
      's3control',
      () => import('./sdk/s3-control.ts'),
      (sdk, settings) => new sdk.S3ControlClient(settings),
    ),
    secretsmanager: connection(
      'secretsmanager',
      () => import('./sdk/secrets-manager.ts'),
      (sdk, settings) => new sdk.SecretsManagerClient(settings),
    ),
    securityhub: connection(
      'securityhub',
      () => import('./sdk/security-hub.ts'),
      (sdk, settings) => new sdk.SecurityHubClient(settings),
    ),
    sns: connection(
      'sns',
      () => import('./sdk/sns.ts'),
      (sdk, settings) => new sdk.SNSClient(settings),
    ),
    sqs: connection(
      'sqs',
      () => import('./sdk/sqs.ts'),
      (sdk, settings) => new sdk.SQSClient(settings),
    ),
    ssm: connection(
      'ssm',
      () => import('./sdk/ssm.ts'),
      (sdk, settings) => new sdk.SSMClient(settings),
    ),
    sso: connection(
      'sso',
      () => import('./sdk/sso-admin.ts'),
      (sdk, settings) => new sdk.SSOAdminClient(settings),
    ),
    sts: connection(
      'sts',
      () => import('./sdk/sts.ts'),
      (sdk, settings) => new sdk.STSClient(settings),
    ),
  };
}

/** What of a client of the SDK it takes to pace it. */
interface PacedClient {
  readonly middlewareStack: { readonly add: (middleware: ReturnType<typeof pacing>, options: typeof PACING) => void };
}

/** After the SDK's retry step, so that every attempt takes a token and is counted. */
const PACING = { step: 'finalizeRequest', priority: 'low', name: 'posturePacing' } as const;

function perRegion<Connection>(open: (region: string) => Promise<Connection>): (region: string) => Promise<Connection> {
  const opened = new Map<string, Promise<Connection>>();
  return (region) => {
    const known = opened.get(region);
    if (known) return known;
    const connection = open(region);
    opened.set(region, connection);
    return connection;
  };
}
