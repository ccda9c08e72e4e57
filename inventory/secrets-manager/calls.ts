import type { SecretListEntry } from '@aws-sdk/client-secrets-manager';
import { isNamed } from '../aws-errors.ts';
import { required } from '../broken-answer.ts';
import { defineCall, definePagedCall } from '../call.ts';
import { deletedMeanwhile } from '../no-data.ts';

/** All secrets of the account in the region, without their values; or those whose names begin so. Those that wait for their deletion are left out. */
export const listSecrets = definePagedCall<SecretListEntry, 'all' | { readonly prefix: string }>({
  service: 'secretsmanager',
  operation: 'ListSecrets',
  permissions: ['secretsmanager:ListSecrets'],
  async *pages(session, region, wanted) {
    const { sdk, client } = await session.aws.secretsmanager(region);
    const query = wanted === 'all' ? {} : { Filters: [{ Key: 'name' as const, Values: [wanted.prefix] }] };
    for await (const page of sdk.paginateListSecrets({ client, pageSize: 100 }, query)) yield required(page.SecretList, 'SecretList');
  },
});

/** The policy's text; `undefined` when the secret has none. */
export const getSecretPolicy = defineCall<string | undefined, string>({
  service: 'secretsmanager',
  operation: 'GetResourcePolicy',
  permissions: ['secretsmanager:GetResourcePolicy'],
  async send(session, region, arn) {
    const { sdk, client } = await session.aws.secretsmanager(region);
    try {
      const { ARN, ResourcePolicy } = await client.send(new sdk.GetResourcePolicyCommand({ SecretId: arn }));
      // An answer without a policy must at least be about the secret.
      required(ARN, 'ARN');
      return ResourcePolicy;
    } catch (error) {
      throw isNamed(error, 'ResourceNotFoundException') ? deletedMeanwhile('secretsmanager:GetResourcePolicy', 'the secret') : error;
    }
  },
});
