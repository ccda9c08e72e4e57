import { stableId } from '../callers.ts';
import { askForm, type Exchange, edited, type Override } from '../exchange.ts';
import { listOf } from '../request.ts';
import type { Wire } from '../wire/serialize.ts';
import { at, type Element, textAt } from '../wire/xml.ts';
import { putMember } from './iam.ts';

const KINDS = ['User', 'Group', 'Role', 'LocalManagedPolicy', 'AWSManagedPolicy'] as const;

/**
 * Moto's answer with described dates and boundaries, documents URL-encoded as RFC 3986 asks, and only those AWS managed policies that are in use
 * (moto gives all 1,400).
 */
export const getAccountAuthorizationDetails: Override = (exchange) => {
  const asked = listOf(exchange.request.form, 'Filter');
  const wanted = KINDS.filter((kind) => asked.length === 0 || asked.includes(kind));
  // Users, groups and roles are needed in any case: they say which AWS managed policies are in use.
  const kinds = ['User', 'Group', 'Role', ...(wanted.includes('LocalManagedPolicy') ? ['LocalManagedPolicy'] : [])];
  const body = new URLSearchParams({
    Action: 'GetAccountAuthorizationDetails',
    Version: exchange.request.form.get('Version') ?? '',
    ...Object.fromEntries(kinds.map((kind, index) => [`Filter.member.${index + 1}`, kind])),
  }).toString();
  return edited(exchange, (root) => correct(exchange, root, wanted), { body });
};

async function correct(exchange: Exchange, root: Element, wanted: readonly string[]): Promise<void> {
  const result = at(root, 'GetAccountAuthorizationDetailsResult') ?? root;
  const list = (name: string) => at(result, name)?.children ?? [];
  for (const user of list('UserDetailList')) correctUser(exchange, user);
  for (const role of list('RoleDetailList')) correctRole(exchange, role);
  for (const group of list('GroupDetailList'))
    correctDate(exchange, group, exchange.state.description.groups.get(nameOf(group, 'GroupName')));
  if (wanted.includes('AWSManagedPolicy')) {
    for (const arn of [...new Set(managedArns(result))].sort()) await addPolicy(exchange, result, arn);
  }
  for (const policy of list('Policies')) namePolicy(policy);
  const lists = { User: 'UserDetailList', Group: 'GroupDetailList', Role: 'RoleDetailList' };
  for (const [kind, name] of Object.entries(lists)) if (!wanted.includes(kind)) putMember(result, name, []);
  encodeDocuments(result);
}

function correctUser(exchange: Exchange, user: Element): void {
  const name = nameOf(user, 'UserName');
  correctDate(exchange, user, exchange.state.description.users.get(name));
  const boundary = exchange.state.userBoundaries.get(name);
  if (boundary !== undefined) {
    putMember(user, 'PermissionsBoundary', { PermissionsBoundaryType: 'PermissionsBoundaryPolicy', PermissionsBoundaryArn: boundary });
  }
}

function correctRole(exchange: Exchange, role: Element): void {
  const described = exchange.state.description.roles.get(nameOf(role, 'RoleName'));
  correctDate(exchange, role, described);
  if (described?.lastUsed === undefined) return;
  putMember(role, 'RoleLastUsed', { LastUsedDate: exchange.state.date(described.lastUsed), Region: exchange.state.description.region });
}

function correctDate(exchange: Exchange, element: Element, described: { readonly created?: number | string } | undefined): void {
  if (described?.created !== undefined) putMember(element, 'CreateDate', exchange.state.date(described.created));
}

function nameOf(element: Element, member: string): string {
  return textAt(element, member) ?? '';
}

/** ARNs of AWS managed policies that are attached or are boundaries, anywhere below. */
function managedArns(element: Element): readonly string[] {
  const own = /^arn:[\w-]+:iam::aws:policy\//.test(element.text) ? [element.text] : [];
  return [...own, ...element.children.flatMap(managedArns)];
}

async function addPolicy(exchange: Exchange, result: Element, arn: string): Promise<void> {
  const answer = await askForm(exchange, { Action: 'GetPolicy', PolicyArn: arn });
  const policy = answer && at(answer, 'GetPolicyResult', 'Policy');
  if (!policy) return;
  const versionId = textAt(policy, 'DefaultVersionId') ?? 'v1';
  const version = await askForm(exchange, { Action: 'GetPolicyVersion', PolicyArn: arn, VersionId: versionId });
  const document = version && textAt(version, 'GetPolicyVersionResult', 'PolicyVersion', 'Document');
  const versions: Wire = [{ Document: document, VersionId: versionId, IsDefaultVersion: true }];
  putMember(policy, 'PolicyVersionList', versions);
  at(result, 'Policies')?.children.push({ ...policy, name: 'member' });
}

/** Moto leaves out what a managed policy is called. */
function namePolicy(policy: Element): void {
  const arn = textAt(policy, 'Arn') ?? '';
  putMember(policy, 'PolicyName', arn.split('/').at(-1));
  if (!textAt(policy, 'PolicyId')) putMember(policy, 'PolicyId', `ANPA${stableId(arn, 16)}`);
}

function encodeDocuments(element: Element): void {
  if (/Document$/.test(element.name) && /^\s*\{/.test(element.text)) element.text = encodeRfc3986(element.text);
  for (const child of element.children) encodeDocuments(child);
}

function encodeRfc3986(text: string): string {
  return encodeURIComponent(text).replace(/[!'()*]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`);
}
