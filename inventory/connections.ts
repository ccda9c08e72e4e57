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

  return {
    account: perRegion(async (region) => {
      const sdk = await import('./sdk/account.ts');
      const client = new sdk.AccountClient(configure(region));
      client.middlewareStack.add(pacing('account', region, meter), PACING);
      return { sdk, client };
    }),
    cloudtrail: perRegion(async (region) => {
      const sdk = await import('./sdk/cloudtrail.ts');
      const client = new sdk.CloudTrailClient(configure(region));
      client.middlewareStack.add(pacing('cloudtrail', region, meter), PACING);
      return { sdk, client };
    }),
    ec2: perRegion(async (region) => {
      const sdk = await import('./sdk/ec2.ts');
      const client = new sdk.EC2Client(configure(region));
      client.middlewareStack.add(pacing('ec2', region, meter), PACING);
      return { sdk, client };
    }),
    iam: perRegion(async (region) => {
      const sdk = await import('./sdk/iam.ts');
      const client = new sdk.IAMClient(configure(region));
      client.middlewareStack.add(pacing('iam', region, meter), PACING);
      return { sdk, client };
    }),
    s3: perRegion(async (region) => {
      const sdk = await import('./sdk/s3.ts');
      const client = new sdk.S3Client({ ...configure(region), forcePathStyle: pathStyle, followRegionRedirects: true });
      client.middlewareStack.add(pacing('s3', region, meter), PACING);
      return { sdk, client };
    }),
    s3control: perRegion(async (region) => {
      const sdk = await import('./sdk/s3-control.ts');
      const client = new sdk.S3ControlClient(configure(region));
      client.middlewareStack.add(pacing('s3control', region, meter), PACING);
      return { sdk, client };
    }),
    ssm: perRegion(async (region) => {
      const sdk = await import('./sdk/ssm.ts');
      const client = new sdk.SSMClient(configure(region));
      client.middlewareStack.add(pacing('ssm', region, meter), PACING);
      return { sdk, client };
    }),
    sts: perRegion(async (region) => {
      const sdk = await import('./sdk/sts.ts');
      const client = new sdk.STSClient(configure(region));
      client.middlewareStack.add(pacing('sts', region, meter), PACING);
      return { sdk, client };
    }),
  };
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
