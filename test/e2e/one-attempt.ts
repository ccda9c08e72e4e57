import type { Session } from '../../inventory/session.ts';

/** Never again: without it the SDK waits after each throttling answer, on every other call to that service too. */
const ONCE = {
  acquireInitialRetryToken: async () => ({ getRetryCount: () => 0, getRetryDelay: () => 0 }),
  refreshRetryTokenForRetry: () => Promise.reject(new Error('once is enough')),
  recordSuccess: () => undefined,
};

/** Makes every client of a session give up after the first refusal, so that one that lasts need not be waited for. */
export async function withOneAttempt(session: Session, regions: readonly string[]): Promise<Session> {
  for (const region of regions) {
    for (const open of Object.values(session.aws)) (await open(region)).client.config.retryStrategy = async () => ONCE;
  }
  return session;
}
