import { createConnections } from '../../inventory/connections.ts';
import { CoverageLog } from '../../inventory/coverage.ts';
import { Meter } from '../../inventory/pacing.ts';
import type { Session } from '../../inventory/session.ts';

/** A session in account 111122223333 that has signed in to nothing: for readers and calls whose answers a test supplies. */
export function testSession(regions: readonly string[] = ['eu-west-1', 'us-east-1']): Session {
  const meter = new Meter();
  return {
    accountId: '111122223333',
    partition: 'aws',
    callerArn: 'arn:aws:iam::111122223333:role/audit',
    globalRegion: 'us-east-1',
    aws: createConnections({
      credentials: { accessKeyId: 'AKIAEXAMPLE', secretAccessKey: 'example' },
      meter,
      maxAttempts: 1,
      requestTimeout: 1_000,
    }),
    meter,
    coverage: new CoverageLog(),
    regions,
  };
}
