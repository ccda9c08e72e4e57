import type {
  AttachedPermissionsBoundary,
  GetAccountAuthorizationDetailsResponse,
  GroupDetail,
  ManagedPolicyDetail,
  AttachedPolicy as PolicyAttachment,
  PolicyDetail,
  RoleDetail,
  Tag,
  UserDetail,
} from '@aws-sdk/client-iam';
import { malformed } from '../broken-answer.ts';
import type { Place } from '../call.ts';
import { type Listed, Unread } from '../facet.ts';
import { joined, toListed } from '../partial.ts';
import { type PolicyDocument, toPolicyDocument } from '../policy-document.ts';
import { GLOBAL, type ResourceIdentity, type Scope } from '../resource.ts';
import { toTags } from '../tags.ts';
import type { AttachedPolicy } from './attached-policy.ts';
import { getAccountAuthorizationDetails } from './calls.ts';

export const AUTHORIZATION = 'iam:GetAccountAuthorizationDetails';

/** What every IAM entity has, under one name. */
export interface Entity<Detail> {
  readonly name: string;
  readonly arn: string;
  readonly path: string;
  readonly tags: Readonly<Record<string, string>>;
  readonly detail: Detail;
}

/** All of an account's IAM, and what in it refers to what. */
export interface Authorization {
  readonly users: Listed<Entity<UserDetail>>;
  readonly groups: Listed<Entity<GroupDetail>>;
  readonly roles: Listed<Entity<RoleDetail>>;
  /** AWS's own and the account's. */
  readonly managedPolicies: Listed<Entity<ManagedPolicyDetail>>;
  /** Throws `Unread` when the listing does not have the group. */
  readonly group: (name: string) => Entity<GroupDetail>;
  /** The default version of a managed policy. Throws `Unread` when the listing does not have it or it cannot be read. */
  readonly document: (arn: string) => PolicyDocument;
}

const known = new WeakMap<object, Authorization>();

export async function readAuthorization(place: Place): Promise<Authorization> {
  const pages = await getAccountAuthorizationDetails(place);
  let authorization = known.get(pages);
  if (!authorization) known.set(pages, (authorization = toAuthorization(pages)));
  return authorization;
}

function toAuthorization(pages: Listed<GetAccountAuthorizationDetailsResponse>): Authorization {
  const users = entities(
    pages,
    ({ UserDetailList }) => UserDetailList,
    ({ UserName }) => UserName,
  );
  const groups = entities(
    pages,
    ({ GroupDetailList }) => GroupDetailList,
    ({ GroupName }) => GroupName,
  );
  const roles = entities(
    pages,
    ({ RoleDetailList }) => RoleDetailList,
    ({ RoleName }) => RoleName,
  );
  const managedPolicies = entities(
    pages,
    ({ Policies }) => Policies,
    ({ PolicyName }) => PolicyName,
  );
  const groupsByName = new Map(groups.known.map((group) => [group.name, group]));
  const policiesByArn = new Map(managedPolicies.known.map((policy) => [policy.arn, policy]));
  const documents = new Map<string, PolicyDocument>();
  const found = <Found>(entity: Found | undefined, what: string): Found => {
    if (entity !== undefined) return entity;
    throw pages.unread ? new Unread(pages.unread) : malformed(AUTHORIZATION, `${what} is named but not described`);
  };
  return {
    users,
    groups,
    roles,
    managedPolicies,
    group: (name) => found(groupsByName.get(name), `group ${name}`),
    document(arn) {
      let document = documents.get(arn);
      if (!document) documents.set(arn, (document = defaultVersion(found(policiesByArn.get(arn), `policy ${arn}`).detail)));
      return document;
    },
  };
}

interface Described {
  readonly Arn?: string;
  readonly Path?: string;
  readonly Tags?: Tag[];
}

function entities<Detail extends Described>(
  pages: Listed<GetAccountAuthorizationDetailsResponse>,
  listIn: (page: GetAccountAuthorizationDetailsResponse) => Detail[] | undefined,
  nameOf: (detail: Detail) => string | undefined,
): Listed<Entity<Detail>> {
  return toListed(
    pages.flatMap((page) => listIn(page) ?? []),
    (detail) => {
      const name = nameOf(detail);
      if (name === undefined || detail.Arn === undefined) throw malformed(AUTHORIZATION, 'something has no name or no ARN');
      return { name, arn: detail.Arn, path: detail.Path ?? '/', tags: toTags(detail.Tags), detail };
    },
  );
}

function defaultVersion({ DefaultVersionId, PolicyVersionList = [] }: ManagedPolicyDetail): PolicyDocument {
  const version = PolicyVersionList.find(({ VersionId }) => VersionId === DefaultVersionId);
  if (version?.Document === undefined) throw malformed(AUTHORIZATION, 'a managed policy has no default version');
  return toPolicyDocument(version.Document, AUTHORIZATION);
}

/** The policies of one principal or group. A document that is missing or malformed makes the list partial. */
export function toPolicies(
  authorization: Authorization,
  via: AttachedPolicy['via'],
  inline: readonly PolicyDetail[] = [],
  attached: readonly PolicyAttachment[] = [],
): Listed<AttachedPolicy> {
  return joined([
    toListed(inline, ({ PolicyName = '', PolicyDocument = '' }) => ({
      name: PolicyName,
      via,
      document: toPolicyDocument(PolicyDocument, AUTHORIZATION),
    })),
    toListed(attached, ({ PolicyName = '', PolicyArn: arn = '' }) => ({
      name: PolicyName,
      arn,
      via,
      document: authorization.document(arn),
    })),
  ]);
}

/** The limit on a principal's permissions; `undefined` when it has none. */
export function boundaryOf(authorization: Authorization, boundary: AttachedPermissionsBoundary | undefined): PolicyDocument | undefined {
  return boundary && authorization.document(boundary.PermissionsBoundaryArn ?? '');
}

export function toIdentity({ arn, name, tags }: Entity<unknown>, { accountId }: Scope, partition: string): Omit<ResourceIdentity, 'type'> {
  return { arn, id: name, accountId, region: GLOBAL, partition, tags };
}
