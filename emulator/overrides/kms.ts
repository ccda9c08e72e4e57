import type { Overrides } from '../exchange.ts';
import { isRecord } from '../request.ts';

export const kmsOverrides: Overrides = {
  /** Moto makes the keys that services use by default as if they were the customer's; their aliases tell. */
  'kms:DescribeKey': async (exchange) => {
    const told = await exchange.askMoto();
    const answer: unknown = told.status === 200 ? JSON.parse(told.body.toString()) : undefined;
    if (!isRecord(answer) || !isRecord(answer.KeyMetadata)) return told;
    const { KeyId } = answer.KeyMetadata;
    const body = JSON.stringify({ KeyId });
    const aliases = await exchange.askMoto({ body, headers: { 'x-amz-target': 'TrentService.ListAliases' } });
    const listed: unknown = JSON.parse(aliases.body.toString());
    const all: readonly unknown[] = isRecord(listed) && Array.isArray(listed.Aliases) ? listed.Aliases : [];
    const isOfAws = all.some((alias) => isRecord(alias) && alias.TargetKeyId === KeyId && String(alias.AliasName).startsWith('alias/aws/'));
    if (!isOfAws) return told;
    return { ...told, body: Buffer.from(JSON.stringify({ ...answer, KeyMetadata: { ...answer.KeyMetadata, KeyManager: 'AWS' } })) };
  },
};
