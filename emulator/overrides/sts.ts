import { randomUUID } from 'node:crypto';
import { stableId } from '../callers.ts';
import { askForm, type Exchange, type Overrides, reject, reply } from '../exchange.ts';
import { isRecord } from '../request.ts';
import { textAt } from '../wire/xml.ts';

export const stsOverrides: Overrides = {
  'sts:GetCallerIdentity': (exchange) => {
    const { accountId, arn, userId } = exchange.caller;
    return reply(exchange, {
      UserId: userId,
      Account: accountId,
      Arn: arn.replace(/^arn:aws:/, `arn:${partitionOf(exchange.request.region)}:`),
    });
  },

  /** The role must exist in the account that its ARN names, and its trust policy's external id, if it wants one, must be the one given. */
  'sts:AssumeRole': async (exchange) => {
    const { form } = exchange.request;
    const roleArn = form.get('RoleArn') ?? '';
    const [, accountId, path] = /^arn:[\w-]+:iam::(\d{12}):role\/(.+)$/.exec(roleArn) ?? [];
    if (accountId === undefined || path === undefined)
      return reject(exchange, { status: 400, code: 'ValidationError', message: `${roleArn} is invalid` });
    const name = path.split('/').at(-1) ?? path;
    const trust = await trustOf(exchange, accountId, name);
    if (trust === undefined || !externalIdFits(trust, form.get('ExternalId'))) return denied(exchange, roleArn);
    return issue(exchange, accountId, name, form.get('RoleSessionName') ?? 'session');
  },
};

function partitionOf(region: string): string {
  if (region.startsWith('cn-')) return 'aws-cn';
  return region.startsWith('us-gov-') ? 'aws-us-gov' : 'aws';
}

/** The role's trust policy, asked of IAM in the role's own account. */
async function trustOf(exchange: Exchange, accountId: string, name: string): Promise<string | undefined> {
  const { region } = exchange.request;
  const authorization = `AWS4-HMAC-SHA256 Credential=AKIA/20260101/${region}/iam/aws4_request, SignedHeaders=host, Signature=0`;
  const asIam = { ...exchange, askMoto: (question = {}) => exchange.askMoto({ ...question, headers: { authorization } }) };
  const role = await askForm(asIam, { Action: 'GetRole', RoleName: name, Version: '2010-05-08' }, accountId);
  const document = role && textAt(role, 'GetRoleResult', 'Role', 'AssumeRolePolicyDocument');
  return document === undefined ? undefined : decodeURIComponent(document);
}

function externalIdFits(trust: string, given: string | null): boolean {
  const document: unknown = JSON.parse(trust);
  const statements = isRecord(document) ? [document.Statement].flat() : [];
  const required = statements.flatMap((statement) => externalIds(statement));
  return required.length === 0 || (given !== null && required.includes(given));
}

function externalIds(statement: unknown): readonly unknown[] {
  const condition = isRecord(statement) ? statement.Condition : undefined;
  const equals = isRecord(condition) ? condition.StringEquals : undefined;
  const ids = isRecord(equals) ? equals['sts:ExternalId'] : undefined;
  return ids === undefined ? [] : [ids].flat();
}

function denied(exchange: Exchange, roleArn: string) {
  const message = `User: ${exchange.caller.arn} is not authorized to perform: sts:AssumeRole on resource: ${roleArn}`;
  return reject(exchange, { status: 403, code: 'AccessDenied', message });
}

const SESSION_HOURS = 1;

function issue(exchange: Exchange, accountId: string, role: string, session: string) {
  const roleId = `AROA${stableId(`${accountId} ${role}`, 16)}`;
  const caller = { accountId, arn: `arn:aws:sts::${accountId}:assumed-role/${role}/${session}`, userId: `${roleId}:${session}` };
  const accessKeyId = `ASIA${stableId(randomUUID(), 16)}`;
  exchange.callers.issue(accessKeyId, caller);
  return reply(exchange, {
    Credentials: {
      AccessKeyId: accessKeyId,
      SecretAccessKey: 'local',
      SessionToken: `session-of-${role}`,
      Expiration: new Date(Date.now() + SESSION_HOURS * 3_600_000),
    },
    AssumedRoleUser: { AssumedRoleId: caller.userId, Arn: caller.arn },
  });
}
