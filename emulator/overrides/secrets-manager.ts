import type { Secret } from '../account/data-stores.ts';
import type { Exchange, Overrides } from '../exchange.ts';
import { isRecord } from '../request.ts';

export const secretsManagerOverrides: Overrides = {
  /** Moto pages with tokens of its own, and does not know when a secret was read: what is described is answered. */
  'secretsmanager:ListSecrets': async (exchange) => {
    const { Filters, IncludePlannedDeletion } = exchange.request.json;
    const complete = await exchange.askMoto({ body: JSON.stringify({ Filters, IncludePlannedDeletion }) });
    const answer: unknown = complete.status === 200 ? JSON.parse(complete.body.toString()) : undefined;
    if (!isRecord(answer) || !Array.isArray(answer.SecretList)) return complete;
    const SecretList = answer.SecretList.map((entry) => asDescribed(entry, exchange));
    return { ...complete, body: Buffer.from(JSON.stringify({ SecretList })) };
  },
};

function asDescribed(entry: unknown, { state }: Exchange): unknown {
  const described = isRecord(entry) ? state.description.secrets.get(String(entry.Name)) : undefined;
  if (!isRecord(entry) || described === undefined) return entry;
  const seconds = (moment: Secret['created']) => (moment === undefined ? undefined : state.date(moment).getTime() / 1000);
  const { created, changed, accessed, rotation, owner } = described;
  return {
    ...entry,
    CreatedDate: seconds(created) ?? entry.CreatedDate,
    LastChangedDate: seconds(changed ?? created) ?? entry.LastChangedDate,
    LastAccessedDate: seconds(accessed),
    OwningService: owner,
    RotationEnabled: rotation === undefined ? undefined : true,
    RotationRules: rotation && { AutomaticallyAfterDays: rotation.days },
    LastRotatedDate: seconds(rotation?.last),
    NextRotationDate: seconds(rotation?.next),
  };
}
