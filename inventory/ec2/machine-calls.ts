import type { InstanceMetadataDefaultsResponse, Volume } from '@aws-sdk/client-ec2';
import { required } from '../broken-answer.ts';
import { defineCall, definePagedCall } from '../call.ts';
import { EVEN_HIDDEN, toFilters, type Wanted } from './wanted.ts';

export const describeVolumes = definePagedCall<Volume, Wanted>({
  service: 'ec2',
  operation: 'DescribeVolumes',
  permissions: ['ec2:DescribeVolumes'],
  async *pages(session, region, wanted) {
    const { sdk, client } = await session.aws.ec2(region);
    for await (const page of sdk.paginateDescribeVolumes({ client, pageSize: 1_000 }, { ...toFilters(wanted), ...EVEN_HIDDEN })) {
      yield required(page.Volumes, 'Volumes');
    }
  },
});

/** What the account prescribes for the metadata service of new instances; empty where it has no preference. */
export const getInstanceMetadataDefaults = defineCall<InstanceMetadataDefaultsResponse>({
  service: 'ec2',
  operation: 'GetInstanceMetadataDefaults',
  permissions: ['ec2:GetInstanceMetadataDefaults'],
  async send(session, region) {
    const { sdk, client } = await session.aws.ec2(region);
    const answer = await client.send(new sdk.GetInstanceMetadataDefaultsCommand({}));
    return required(answer.AccountLevel, 'AccountLevel');
  },
});

export const getSerialConsoleAccessStatus = defineCall<boolean>({
  service: 'ec2',
  operation: 'GetSerialConsoleAccessStatus',
  permissions: ['ec2:GetSerialConsoleAccessStatus'],
  async send(session, region) {
    const { sdk, client } = await session.aws.ec2(region);
    const answer = await client.send(new sdk.GetSerialConsoleAccessStatusCommand({}));
    return required(answer.SerialConsoleAccessEnabled, 'SerialConsoleAccessEnabled');
  },
});

/** `enabled`, `audit-mode` or `disabled`. */
export const getAllowedImagesSettings = defineCall<string>({
  service: 'ec2',
  operation: 'GetAllowedImagesSettings',
  permissions: ['ec2:GetAllowedImagesSettings'],
  async send(session, region) {
    const { sdk, client } = await session.aws.ec2(region);
    const answer = await client.send(new sdk.GetAllowedImagesSettingsCommand({}));
    return required(answer.State, 'State');
  },
});
