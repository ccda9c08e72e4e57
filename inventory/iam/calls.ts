import type {
  AccessKeyMetadata,
  GetAccountAuthorizationDetailsResponse,
  MFADevice,
  PasswordPolicy,
  SummaryKeyType,
  VirtualMFADevice,
} from '@aws-sdk/client-iam';
import { isNamed, unlessAbsent } from '../aws-errors.ts';
import { required } from '../broken-answer.ts';
import { defineCall, definePagedCall } from '../call.ts';
import { noData } from '../no-data.ts';

/**
 * Users, groups, roles and policies with their documents, all in one paged answer: each element is one page.
 * A page may hold fewer than MaxItems although more follow, so that only IsTruncated tells the end (GetAccountAuthorizationDetails API reference).
 */
export const getAccountAuthorizationDetails = definePagedCall<GetAccountAuthorizationDetailsResponse>({
  service: 'iam',
  operation: 'GetAccountAuthorizationDetails',
  permissions: ['iam:GetAccountAuthorizationDetails'],
  async *pages(session, region) {
    const { sdk, client } = await session.aws.iam(region);
    const paging = { client, pageSize: 1_000 };
    for await (const page of sdk.paginateGetAccountAuthorizationDetails(paging, {
      Filter: ['User', 'Group', 'Role', 'LocalManagedPolicy', 'AWSManagedPolicy'],
    })) {
      if (required(page.IsTruncated, 'IsTruncated')) required(page.Marker, 'Marker');
      yield [page];
    }
  },
});

export const getAccountSummary = defineCall<Partial<Record<SummaryKeyType, number>>>({
  service: 'iam',
  operation: 'GetAccountSummary',
  permissions: ['iam:GetAccountSummary'],
  async send(session, region) {
    const { sdk, client } = await session.aws.iam(region);
    const answer = await client.send(new sdk.GetAccountSummaryCommand({}));
    return required(answer.SummaryMap, 'SummaryMap');
  },
});

/** `undefined` when the account never set a policy. */
export const getAccountPasswordPolicy = defineCall<PasswordPolicy | undefined>({
  service: 'iam',
  operation: 'GetAccountPasswordPolicy',
  permissions: ['iam:GetAccountPasswordPolicy'],
  async send(session, region) {
    const { sdk, client } = await session.aws.iam(region);
    const answer = await unlessAbsent(client.send(new sdk.GetAccountPasswordPolicyCommand({})), 'NoSuchEntity', 'NoSuchEntityException');
    return answer && required(answer.PasswordPolicy, 'PasswordPolicy');
  },
});

export const listMfaDevices = definePagedCall<MFADevice, { readonly userName: string }>({
  service: 'iam',
  operation: 'ListMFADevices',
  permissions: ['iam:ListMFADevices'],
  async *pages(session, region, { userName }) {
    const { sdk, client } = await session.aws.iam(region);
    for await (const page of sdk.paginateListMFADevices({ client, pageSize: 1_000 }, { UserName: userName })) {
      yield required(page.MFADevices, 'MFADevices');
    }
  },
});

/** When the user last signed in with a password; `undefined` when AWS knows of no time (GetUser API reference: `PasswordLastUsed`). */
export const getPasswordLastUsed = defineCall<Date | undefined, { readonly userName: string }>({
  service: 'iam',
  operation: 'GetUser',
  permissions: ['iam:GetUser'],
  async send(session, region, { userName }) {
    const { sdk, client } = await session.aws.iam(region);
    const { User } = await client.send(new sdk.GetUserCommand({ UserName: userName }));
    required(User?.CreateDate, 'CreateDate');
    return User?.PasswordLastUsed;
  },
});

/** Whether the user has a password. */
export const getLoginProfile = defineCall<boolean, { readonly userName: string }>({
  service: 'iam',
  operation: 'GetLoginProfile',
  permissions: ['iam:GetLoginProfile'],
  async send(session, region, { userName }) {
    const { sdk, client } = await session.aws.iam(region);
    try {
      const answer = await client.send(new sdk.GetLoginProfileCommand({ UserName: userName }));
      required(answer.LoginProfile, 'LoginProfile');
      return true;
    } catch (error) {
      if (isNamed(error, 'NoSuchEntity', 'NoSuchEntityException')) return false;
      throw error;
    }
  },
});

export const listAccessKeys = definePagedCall<AccessKeyMetadata, { readonly userName: string }>({
  service: 'iam',
  operation: 'ListAccessKeys',
  permissions: ['iam:ListAccessKeys'],
  async *pages(session, region, { userName }) {
    const { sdk, client } = await session.aws.iam(region);
    for await (const page of sdk.paginateListAccessKeys({ client, pageSize: 1_000 }, { UserName: userName })) {
      yield required(page.AccessKeyMetadata, 'AccessKeyMetadata');
    }
  },
});

/** When a key was last used; `undefined` when AWS knows of no time. */
export const getAccessKeyLastUsed = defineCall<Date | undefined, { readonly accessKeyId: string }>({
  service: 'iam',
  operation: 'GetAccessKeyLastUsed',
  permissions: ['iam:GetAccessKeyLastUsed'],
  async send(session, region, { accessKeyId }) {
    const { sdk, client } = await session.aws.iam(region);
    const answer = await client.send(new sdk.GetAccessKeyLastUsedCommand({ AccessKeyId: accessKeyId }));
    return required(answer.AccessKeyLastUsed, 'AccessKeyLastUsed').LastUsedDate;
  },
});

/** Virtual devices that are assigned to somebody. */
export const listVirtualMfaDevices = definePagedCall<VirtualMFADevice>({
  service: 'iam',
  operation: 'ListVirtualMFADevices',
  permissions: ['iam:ListVirtualMFADevices'],
  async *pages(session, region) {
    const { sdk, client } = await session.aws.iam(region);
    const paging = { client, pageSize: 1_000 };
    for await (const page of sdk.paginateListVirtualMFADevices(paging, { AssignmentStatus: 'Assigned' })) {
      yield required(page.VirtualMFADevices, 'VirtualMFADevices');
    }
  },
});

const POLL_EVERY = 1_000;
const POLLS = 60;

/** Asks for a credential report until there is one, for a minute at most. AWS makes a new one only when the last is four hours old. */
export const generateCredentialReport = defineCall<void>({
  service: 'iam',
  operation: 'GenerateCredentialReport',
  permissions: ['iam:GenerateCredentialReport'],
  async send(session, region) {
    const { sdk, client } = await session.aws.iam(region);
    for (let poll = 0; poll < POLLS; poll += 1) {
      const { State } = await client.send(new sdk.GenerateCredentialReportCommand({}));
      if (required(State, 'State') === 'COMPLETE') return;
      await new Promise((resolve) => setTimeout(resolve, POLL_EVERY));
    }
    throw noData('iam:GenerateCredentialReport', 'the credential report was not ready in time');
  },
});

/** The credential report as CSV, and when it was made. */
export const getCredentialReport = defineCall<{ readonly csv: string; readonly generatedAt: string }>({
  service: 'iam',
  operation: 'GetCredentialReport',
  permissions: ['iam:GetCredentialReport'],
  async send(session, region) {
    const { sdk, client } = await session.aws.iam(region);
    const { Content, GeneratedTime } = await client.send(new sdk.GetCredentialReportCommand({}));
    return {
      csv: new TextDecoder().decode(required(Content, 'Content')),
      generatedAt: required(GeneratedTime, 'GeneratedTime').toISOString(),
    };
  },
});
