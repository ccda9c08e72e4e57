import { isRecord } from './request.ts';

type Resources = Readonly<Record<string, unknown>>;
interface Resource {
  readonly Type: string;
  readonly Properties: Readonly<Record<string, unknown>>;
  readonly [section: string]: unknown;
}

/** What moto does more harm with than good: it calls the functions of event source mappings with docker, within every write of the table. Pumps stand in. */
const LEFT_OUT = new Set(['AWS::Lambda::EventSourceMapping']);

/** The same template in a form in which moto makes of it what CloudFormation does. */
export function toDigestible(template: Readonly<Record<string, unknown>>): object {
  if (!isRecord(template.Resources)) return template;
  const kept = Object.entries(template.Resources).filter(([, resource]) => !LEFT_OUT.has(typeOf(resource)));
  return { ...template, Resources: withAttachments(Object.fromEntries(kept.flatMap(([id, resource]) => toParts(id, resource)))) };
}

function typeOf(resource: unknown): string {
  return isRecord(resource) ? String(resource.Type) : '';
}

function toParts(id: string, given: unknown): readonly (readonly [string, unknown])[] {
  const resource = toResource(given);
  switch (resource?.Type) {
    case 'AWS::KMS::Key':
      // Moto looks for the members of KMS's own tags in those of CloudFormation, and fails.
      return [[id, without(resource, 'Tags')]];
    case 'AWS::IAM::Role':
      return toRoleParts(id, resource);
    case 'AWS::Events::Rule':
      return [[id, onNamedBus(resource)]];
    default:
      return [[id, given]];
  }
}

/** Moto can tell a bus of the same template by its name, not by a reference. */
function onNamedBus(rule: Resource): Resource {
  const { EventBusName: bus } = rule.Properties;
  if (!isRecord(bus) || typeof bus.Ref !== 'string') return rule;
  return { ...rule, Properties: { ...rule.Properties, EventBusName: { 'Fn::GetAtt': [bus.Ref, 'Name'] } } };
}

function toResource(value: unknown): Resource | undefined {
  if (!isRecord(value) || typeof value.Type !== 'string') return undefined;
  return { ...value, Type: value.Type, Properties: isRecord(value.Properties) ? value.Properties : {} };
}

function without({ Properties, ...rest }: Resource, name: string): Resource {
  return { ...rest, Type: rest.Type, Properties: Object.fromEntries(Object.entries(Properties).filter(([key]) => key !== name)) };
}

/** Moto keeps a role's inline policies in a form that it cannot list: they become resources of their own. */
function toRoleParts(id: string, role: Resource): readonly (readonly [string, unknown])[] {
  const { Policies } = role.Properties;
  const inline = Array.isArray(Policies) ? Policies.filter(isRecord).filter((policy) => 'PolicyName' in policy) : [];
  const policies = inline.map(
    (policy, index) =>
      [`${id}Inline${index}`, { Type: 'AWS::IAM::Policy', Properties: { ...withoutOptions(policy), Roles: [{ Ref: id }] } }] as const,
  );
  return [[id, without(role, 'Policies')], ...policies];
}

/** Moto cannot leave a statement out, as CloudFormation can by `AWS::NoValue`: those that stand there only under a condition go. */
function withoutOptions(policy: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  const { PolicyDocument } = policy;
  if (!isRecord(PolicyDocument) || !Array.isArray(PolicyDocument.Statement)) return policy;
  const Statement = PolicyDocument.Statement.filter((statement) => !(isRecord(statement) && 'Fn::If' in statement));
  return { ...policy, PolicyDocument: { ...PolicyDocument, Statement } };
}

/** Moto attaches no managed policy that a role names: those of the same template name the role instead. */
function withAttachments(resources: Resources): Resources {
  const roles = new Map<string, string[]>();
  for (const [id, given] of Object.entries(resources)) {
    const role = toResource(given);
    if (role?.Type !== 'AWS::IAM::Role' || !Array.isArray(role.Properties.ManagedPolicyArns)) continue;
    for (const arn of role.Properties.ManagedPolicyArns) {
      if (isRecord(arn) && typeof arn.Ref === 'string') roles.set(arn.Ref, [...(roles.get(arn.Ref) ?? []), id]);
    }
  }
  return Object.fromEntries(Object.entries(resources).map(([id, given]) => [id, attached(id, given, roles)]));
}

function attached(id: string, given: unknown, roles: ReadonlyMap<string, readonly string[]>): unknown {
  const resource = toResource(given);
  if (resource?.Type === 'AWS::IAM::Role') return without(resource, 'ManagedPolicyArns');
  const named = roles.get(id);
  return resource && named ? { ...resource, Properties: { ...resource.Properties, Roles: named.map((Ref) => ({ Ref })) } } : given;
}
