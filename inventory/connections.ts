import type { AwsCredentialIdentity, Provider } from '@smithy/types';
import { endpointSettings } from './endpoint.ts';
import { type Meter, pacing } from './pacing.ts';
import { WholeAnswerHandler } from './whole-answer.ts';

/** The services we ask, by the name that their IAM actions carry. */
export type ServiceName = keyof Connections | 'organizations' | 'states';

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
    account: connection(
      'account',
      () => import('./sdk/account.ts'),
      (sdk, settings) => new sdk.AccountClient(settings),
    ),
    cloudtrail: connection(
      'cloudtrail',
      () => import('./sdk/cloudtrail.ts'),
      (sdk, settings) => new sdk.CloudTrailClient(settings),
    ),
    ec2: connection(
      'ec2',
      () => import('./sdk/ec2.ts'),
      (sdk, settings) => new sdk.EC2Client(settings),
    ),
    iam: connection(
      'iam',
      () => import('./sdk/iam.ts'),
      (sdk, settings) => new sdk.IAMClient(settings),
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
    ssm: connection(
      'ssm',
      () => import('./sdk/ssm.ts'),
      (sdk, settings) => new sdk.SSMClient(settings),
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
