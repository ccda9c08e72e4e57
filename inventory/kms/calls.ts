import type { AliasListEntry, KeyListEntry, KeyMetadata } from '@aws-sdk/client-kms';
import { isNamed } from '../aws-errors.ts';
import { required } from '../broken-answer.ts';
import { defineCall, definePagedCall } from '../call.ts';
import type { Connections } from '../connections.ts';
import { deletedMeanwhile } from '../no-data.ts';

/** AWS managed keys as well: only their aliases, and DescribeKey, tell which those are. */
export const listKeys = definePagedCall<KeyListEntry>({
  service: 'kms',
  operation: 'ListKeys',
  permissions: ['kms:ListKeys'],
  async *pages(session, region) {
    const { sdk, client } = await session.aws.kms(region);
    for await (const page of sdk.paginateListKeys({ client, pageSize: 1_000 }, {})) yield required(page.Keys, 'Keys');
  },
});

export const listAliases = definePagedCall<AliasListEntry>({
  service: 'kms',
  operation: 'ListAliases',
  permissions: ['kms:ListAliases'],
  async *pages(session, region) {
    const { sdk, client } = await session.aws.kms(region);
    for await (const page of sdk.paginateListAliases({ client, pageSize: 100 }, {})) yield required(page.Aliases, 'Aliases');
  },
});

export const describeKey = defineKeyCall<KeyMetadata>({
  operation: 'DescribeKey',
  async ask({ sdk, client }, KeyId) {
    const answer = await client.send(new sdk.DescribeKeyCommand({ KeyId }));
    return required(answer.KeyMetadata, 'KeyMetadata');
  },
});

/** Whether AWS KMS makes new material for the key by itself; `undefined` where it says that it does so for no key of its kind. */
export const getKeyRotationStatus = defineKeyCall<boolean | undefined>({
  operation: 'GetKeyRotationStatus',
  async ask({ sdk, client }, KeyId) {
    try {
      const answer = await client.send(new sdk.GetKeyRotationStatusCommand({ KeyId }));
      return required(answer.KeyRotationEnabled, 'KeyRotationEnabled');
    } catch (error) {
      if (isNamed(error, 'UnsupportedOperationException')) return undefined;
      throw error;
    }
  },
});

/** The text of the only policy that a key has. */
export const getKeyPolicy = defineKeyCall<string>({
  operation: 'GetKeyPolicy',
  async ask({ sdk, client }, KeyId) {
    const answer = await client.send(new sdk.GetKeyPolicyCommand({ KeyId, PolicyName: 'default' }));
    return required(answer.Policy, 'Policy');
  },
});

interface KeyQuestion<Output> {
  readonly operation: string;
  readonly ask: (kms: Awaited<ReturnType<Connections['kms']>>, keyId: string) => Promise<Output>;
}

/** A call about one key. Its policy must let us ask as well: https://docs.aws.amazon.com/kms/latest/developerguide/key-policies.html */
function defineKeyCall<Output>({ operation, ask }: KeyQuestion<Output>) {
  return defineCall<Output, string>({
    service: 'kms',
    operation,
    permissions: [`kms:${operation}`],
    async send(session, region, keyId) {
      try {
        return await ask(await session.aws.kms(region), keyId);
      } catch (error) {
        throw isNamed(error, 'NotFoundException') ? deletedMeanwhile(`kms:${operation}`, 'the key') : error;
      }
    },
  });
}
