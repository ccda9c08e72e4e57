import type { DelegatedAdministrator } from '@aws-sdk/client-organizations';
import { malformed } from '../broken-answer.ts';
import type { Place } from '../call.ts';
import { toListing } from '../ec2/listing.ts';
import type { Listed } from '../facet.ts';
import { joined, toListed } from '../partial.ts';
import { type PolicyDocument, toPolicyDocument } from '../policy-document.ts';
import { describeResourcePolicy, listDelegatedAdministrators, listDelegatedServices, listTrustedServices } from './calls.ts';
import type { Delegation } from './organization.ts';

export const delegationCalls = [listDelegatedAdministrators, listDelegatedServices];
export const trustedServiceCalls = [listTrustedServices];

export async function readDelegations(place: Place): Promise<Listed<Delegation>> {
  const accounts = toListed(await listDelegatedAdministrators(place), toAccountId);
  const delegations = await Promise.all(accounts.known.map((accountId) => delegationsTo(accountId, place)));
  return joined(delegations, accounts.unread);
}

async function delegationsTo(accountId: string, place: Place): Promise<Listed<Delegation>> {
  const services = await toListing(listDelegatedServices(place, { accountId }));
  return toListed(services, ({ ServicePrincipal }) => ({
    accountId,
    service: named(ServicePrincipal, 'organizations:ListDelegatedServicesForAccount'),
  }));
}

export async function readTrustedServices(place: Place): Promise<Listed<string>> {
  const operation = 'organizations:ListAWSServiceAccessForOrganization';
  return toListed(await listTrustedServices(place), ({ ServicePrincipal }) => named(ServicePrincipal, operation));
}

export async function readResourcePolicy(place: Place): Promise<PolicyDocument | undefined> {
  const text = await describeResourcePolicy(place);
  return text === undefined ? undefined : toPolicyDocument(text, 'organizations:DescribeResourcePolicy');
}

function toAccountId({ Id }: DelegatedAdministrator): string {
  if (Id === undefined) throw malformed('organizations:ListDelegatedAdministrators', 'an administrator has no id');
  return Id;
}

function named(servicePrincipal: string | undefined, operation: string): string {
  if (servicePrincipal === undefined) throw malformed(operation, 'a service has no principal');
  return servicePrincipal;
}
