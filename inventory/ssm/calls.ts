import type { DocumentIdentifier, InstanceInformation, InstancePatchState } from '@aws-sdk/client-ssm';
import { required } from '../broken-answer.ts';
import { defineCall, definePagedCall } from '../call.ts';

/** Of all managed instances, or of these, at most fifty: of one that is not managed the answer says nothing. */
export const describeInstanceInformation = definePagedCall<InstanceInformation, 'all' | { readonly instanceIds: readonly string[] }>({
  service: 'ssm',
  operation: 'DescribeInstanceInformation',
  permissions: ['ssm:DescribeInstanceInformation'],
  async *pages(session, region, wanted) {
    const { sdk, client } = await session.aws.ssm(region);
    const query = wanted === 'all' ? {} : { Filters: [{ Key: 'InstanceIds', Values: [...wanted.instanceIds] }] };
    for await (const page of sdk.paginateDescribeInstanceInformation({ client, pageSize: 50 }, query)) {
      yield required(page.InstanceInformationList, 'InstanceInformationList');
    }
  },
});

/** At most fifty ids (AWS Systems Manager API Reference). An instance that was never scanned is not in the answer. */
export const describeInstancePatchStates = definePagedCall<InstancePatchState, { readonly instanceIds: readonly string[] }>({
  service: 'ssm',
  operation: 'DescribeInstancePatchStates',
  permissions: ['ssm:DescribeInstancePatchStates'],
  async *pages(session, region, { instanceIds }) {
    const { sdk, client } = await session.aws.ssm(region);
    for await (const page of sdk.paginateDescribeInstancePatchStates({ client, pageSize: 100 }, { InstanceIds: [...instanceIds] })) {
      yield required(page.InstancePatchStates, 'InstancePatchStates');
    }
  },
});

/** Documents that the account owns: all, or those whose name begins so. */
export const listOwnDocuments = definePagedCall<DocumentIdentifier, 'all' | { readonly name: string }>({
  service: 'ssm',
  operation: 'ListDocuments',
  permissions: ['ssm:ListDocuments'],
  async *pages(session, region, wanted) {
    const { sdk, client } = await session.aws.ssm(region);
    const named = wanted === 'all' ? [] : [{ Key: 'Name', Values: [wanted.name] }];
    const query = { Filters: [{ Key: 'Owner', Values: ['Self'] }, ...named] };
    for await (const page of sdk.paginateListDocuments({ client, pageSize: 50 }, query)) {
      yield required(page.DocumentIdentifiers, 'DocumentIdentifiers');
    }
  },
});

/** Accounts that a document is shared with; `all` is everybody. One that is gone meanwhile is shared with nobody. */
export const describeDocumentPermission = definePagedCall<string, { readonly name: string }>({
  service: 'ssm',
  operation: 'DescribeDocumentPermission',
  permissions: ['ssm:DescribeDocumentPermission'],
  async *pages(session, region, { name }) {
    const { sdk, client } = await session.aws.ssm(region);
    let NextToken: string | undefined;
    do {
      const page = await client.send(
        new sdk.DescribeDocumentPermissionCommand({ Name: name, PermissionType: 'Share', MaxResults: 200, NextToken }),
      );
      yield required(page.AccountIds, 'AccountIds');
      NextToken = page.NextToken;
    } while (NextToken !== undefined && NextToken !== '');
  },
});

/** Whether documents of the region may be made public: `Enable` or `Disable`. */
export const getDocumentSharing = defineCall<string>({
  service: 'ssm',
  operation: 'GetServiceSetting',
  permissions: ['ssm:GetServiceSetting'],
  async send(session, region) {
    const { sdk, client } = await session.aws.ssm(region);
    const answer = await client.send(new sdk.GetServiceSettingCommand({ SettingId: '/ssm/documents/console/public-sharing-permission' }));
    return required(answer.ServiceSetting?.SettingValue, 'SettingValue');
  },
});
