import { Agent } from 'node:http';
import type { LookupFunction } from 'node:net';
import type { NodeHttpHandler } from '@smithy/node-http-handler';
import type { Credentials } from './callers.ts';

/** What the client of any AWS service is made with to speak to the local AWS. */
export interface ClientSettings {
  readonly endpoint: string;
  readonly region: string;
  readonly credentials: Credentials;
  readonly requestHandler: NodeHttpHandler;
  /** For S3: buckets in the path. Other clients do not look at it. */
  readonly forcePathStyle: true;
  readonly maxAttempts: number;
}

/** Every host name leads to loopback: S3 Control asks `111122223333.localhost`, which does not resolve everywhere. */
export function loopbackAgent({ keepAlive }: { readonly keepAlive: boolean }): Agent {
  return new Agent({ keepAlive, lookup: toLoopback });
}

const toLoopback: LookupFunction = (_hostname, options, callback) => {
  if (options.all) callback(null, [{ address: '127.0.0.1', family: 4 }]);
  else callback(null, '127.0.0.1', 4);
};
