import type { Overrides } from '../exchange.ts';
import { reject, reply } from '../exchange.ts';
import { isRecord } from '../request.ts';

export const lambdaOverrides: Overrides = {
  /** Moto keeps one URL a function, and does not list them. */
  'lambda:ListFunctionUrlConfigs': async (exchange) => {
    const { path } = exchange.request;
    const exists = await exchange.askMoto({ url: path.replace('2021-10-31', '2015-03-31').replace(/\/urls$/, '/configuration') });
    if (exists.status !== 200) return exists;
    const one = await exchange.askMoto({ url: path.replace(/\/urls$/, '/url') });
    const config: unknown = one.status < 300 ? JSON.parse(one.body.toString()) : undefined;
    const { FunctionUrl, FunctionArn, AuthType, CreationTime, LastModifiedTime } = isRecord(config) ? config : {};
    const told = { FunctionUrl, FunctionArn, AuthType, CreationTime, LastModifiedTime };
    const texts = Object.entries(told).flatMap(([name, value]) => (typeof value === 'string' ? [[name, value] as const] : []));
    return reply(exchange, { FunctionUrlConfigs: texts.length === 0 ? [] : [Object.fromEntries(texts)] });
  },

  /** Moto keeps one policy for a function and its versions, and leaves what AddPermission was given in a statement where Lambda writes it as a condition. */
  'lambda:GetPolicy': async (exchange) => {
    const told = await exchange.askMoto();
    const answer: unknown = told.status === 200 ? JSON.parse(told.body.toString()) : undefined;
    if (!isRecord(answer) || typeof answer.Policy !== 'string') return told;
    const qualifier = exchange.request.query.get('Qualifier') ?? undefined;
    const policy: unknown = JSON.parse(answer.Policy);
    const all: readonly unknown[] = isRecord(policy) && Array.isArray(policy.Statement) ? policy.Statement : [];
    const Statement = all.filter((one) => qualifierOf(one) === qualifier).map(toStatement);
    if (Statement.length === 0) return reject(exchange, NO_POLICY);
    const Policy = JSON.stringify({ ...(isRecord(policy) ? policy : {}), Statement });
    return { ...told, body: Buffer.from(JSON.stringify({ ...answer, Policy })) };
  },
};

const NO_POLICY = { status: 404, code: 'ResourceNotFoundException', message: 'The resource you requested does not exist.' };

function qualifierOf(statement: unknown): string | undefined {
  return isRecord(statement) && typeof statement.Resource === 'string' ? statement.Resource.split(':')[7] : undefined;
}

/** https://docs.aws.amazon.com/lambda/latest/api/API_AddPermission.html */
const CONDITIONS: Readonly<Record<string, string>> = {
  EventSourceToken: 'lambda:EventSourceToken',
  FunctionUrlAuthType: 'lambda:FunctionUrlAuthType',
  PrincipalOrgID: 'aws:PrincipalOrgID',
};

function toStatement(statement: unknown): unknown {
  if (!isRecord(statement)) return statement;
  // What CloudFormation gives is kept whole.
  const { Condition, FunctionName: _, ...elements } = statement;
  const condition = isRecord(Condition) ? Condition : {};
  const equal = Object.entries(CONDITIONS).flatMap(([name, key]) => (elements[name] === undefined ? [] : [[key, elements[name]] as const]));
  const kept = Object.fromEntries(Object.entries(elements).filter(([name]) => !Object.hasOwn(CONDITIONS, name)));
  if (equal.length === 0) return Condition === undefined ? kept : { ...kept, Condition };
  const before = isRecord(condition.StringEquals) ? condition.StringEquals : {};
  return { ...kept, Condition: { ...condition, StringEquals: { ...before, ...Object.fromEntries(equal) } } };
}
