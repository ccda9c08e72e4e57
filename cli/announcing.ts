import { announce } from '../findings/announce.ts';
import type { AuditResult } from '../findings/audit.ts';
import type { FindingStore } from '../findings/store.ts';
import { classifyAwsError, messageOf } from '../inventory/aws-errors.ts';
import { type Context, warn } from './context.ts';
import type { CredentialSource } from './credentials.ts';

/** Tells a topic what changed. False when it could not be told: then it stays marked as untold, and the next scan tells it. */
export async function announceTo(
  topic: string,
  result: AuditResult,
  store: FindingStore,
  own: CredentialSource,
  context: Context,
): Promise<boolean> {
  try {
    const publisher = await context.world.openTopic(topic, own);
    await announce(store, publisher, { run: result.run, findings: result.findings.values(), checks: context.world.checks });
    return true;
  } catch (error) {
    if (!(error instanceof Error) || classifyAwsError(error) === undefined) throw error;
    warn(
      context,
      `not everything could be announced on ${topic} (${messageOf(error)}); allow sns:Publish there, the next scan tells the rest`,
    );
    return false;
  }
}
