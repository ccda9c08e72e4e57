import type {
  DescribeImagesRequest,
  Image,
  InstanceImageMetadata,
  LaunchTemplateVersion,
  NetworkAcl,
  NetworkInterface,
  Reservation,
  RouteTable,
  SecurityGroup,
  Snapshot,
  Subnet,
  Vpc,
} from '@aws-sdk/client-ec2';
import { isNamed } from '../aws-errors.ts';
import { required } from '../broken-answer.ts';
import { defineCall, definePagedCall } from '../call.ts';
import { EVEN_HIDDEN, toFilters, type Wanted } from './wanted.ts';

/**
 * The largest page that most of EC2's listings give. It is always asked for: listings without MaxResults
 * have half the request rate (Amazon EC2 API Reference, "Request throttling").
 */
const PAGE = 1_000;

export const describeSecurityGroups = definePagedCall<SecurityGroup, Wanted>({
  service: 'ec2',
  operation: 'DescribeSecurityGroups',
  permissions: ['ec2:DescribeSecurityGroups'],
  async *pages(session, region, wanted) {
    const { sdk, client } = await session.aws.ec2(region);
    for await (const page of sdk.paginateDescribeSecurityGroups({ client, pageSize: PAGE }, toFilters(wanted))) {
      yield required(page.SecurityGroups, 'SecurityGroups');
    }
  },
});

/** The CIDRs of one prefix list, the account's own or AWS's. */
export const getManagedPrefixListEntries = definePagedCall<string, { readonly prefixListId: string }>({
  service: 'ec2',
  operation: 'GetManagedPrefixListEntries',
  permissions: ['ec2:GetManagedPrefixListEntries'],
  async *pages(session, region, { prefixListId }) {
    const { sdk, client } = await session.aws.ec2(region);
    for await (const page of sdk.paginateGetManagedPrefixListEntries({ client, pageSize: 100 }, { PrefixListId: prefixListId })) {
      yield required(page.Entries, 'Entries').map(({ Cidr }) => required(Cidr, 'Cidr'));
    }
  },
});

export const describeNetworkInterfaces = definePagedCall<NetworkInterface, Wanted>({
  service: 'ec2',
  operation: 'DescribeNetworkInterfaces',
  permissions: ['ec2:DescribeNetworkInterfaces'],
  async *pages(session, region, wanted) {
    const { sdk, client } = await session.aws.ec2(region);
    for await (const page of sdk.paginateDescribeNetworkInterfaces({ client, pageSize: PAGE }, { ...toFilters(wanted), ...EVEN_HIDDEN })) {
      yield required(page.NetworkInterfaces, 'NetworkInterfaces');
    }
  },
});

export const describeNetworkAcls = definePagedCall<NetworkAcl, Wanted>({
  service: 'ec2',
  operation: 'DescribeNetworkAcls',
  permissions: ['ec2:DescribeNetworkAcls'],
  async *pages(session, region, wanted) {
    const { sdk, client } = await session.aws.ec2(region);
    for await (const page of sdk.paginateDescribeNetworkAcls({ client, pageSize: PAGE }, toFilters(wanted))) {
      yield required(page.NetworkAcls, 'NetworkAcls');
    }
  },
});

export const describeVpcs = definePagedCall<Vpc, Wanted>({
  service: 'ec2',
  operation: 'DescribeVpcs',
  permissions: ['ec2:DescribeVpcs'],
  async *pages(session, region, wanted) {
    const { sdk, client } = await session.aws.ec2(region);
    for await (const page of sdk.paginateDescribeVpcs({ client, pageSize: PAGE }, toFilters(wanted))) yield required(page.Vpcs, 'Vpcs');
  },
});

export const describeSubnets = definePagedCall<Subnet, Wanted>({
  service: 'ec2',
  operation: 'DescribeSubnets',
  permissions: ['ec2:DescribeSubnets'],
  async *pages(session, region, wanted) {
    const { sdk, client } = await session.aws.ec2(region);
    for await (const page of sdk.paginateDescribeSubnets({ client, pageSize: PAGE }, toFilters(wanted)))
      yield required(page.Subnets, 'Subnets');
  },
});

export const describeRouteTables = definePagedCall<RouteTable, Wanted>({
  service: 'ec2',
  operation: 'DescribeRouteTables',
  permissions: ['ec2:DescribeRouteTables'],
  async *pages(session, region, wanted) {
    const { sdk, client } = await session.aws.ec2(region);
    for await (const page of sdk.paginateDescribeRouteTables({ client, pageSize: 100 }, toFilters(wanted))) {
      yield required(page.RouteTables, 'RouteTables');
    }
  },
});

export const describeInstances = definePagedCall<Reservation, Wanted>({
  service: 'ec2',
  operation: 'DescribeInstances',
  permissions: ['ec2:DescribeInstances'],
  async *pages(session, region, wanted) {
    const { sdk, client } = await session.aws.ec2(region);
    for await (const page of sdk.paginateDescribeInstances({ client, pageSize: PAGE }, { ...toFilters(wanted), ...EVEN_HIDDEN })) {
      yield required(page.Reservations, 'Reservations');
    }
  },
});

/** The image of every instance, also where it was deregistered or made private since. */
export const describeInstanceImageMetadata = definePagedCall<InstanceImageMetadata, Wanted>({
  service: 'ec2',
  operation: 'DescribeInstanceImageMetadata',
  permissions: ['ec2:DescribeInstanceImageMetadata'],
  async *pages(session, region, wanted) {
    const { sdk, client } = await session.aws.ec2(region);
    for await (const page of sdk.paginateDescribeInstanceImageMetadata({ client, pageSize: PAGE }, toFilters(wanted))) {
      yield required(page.InstanceImageMetadata, 'InstanceImageMetadata');
    }
  },
});

export type ImageQuery = Pick<DescribeImagesRequest, 'Owners' | 'Filters' | 'IncludeDeprecated' | 'IncludeDisabled'>;

/** Ask by filter, never by ImageIds: one id that is gone would fail the whole call (InvalidAMIID.NotFound). */
export const describeImages = definePagedCall<Image, ImageQuery>({
  service: 'ec2',
  operation: 'DescribeImages',
  permissions: ['ec2:DescribeImages'],
  async *pages(session, region, query) {
    const { sdk, client } = await session.aws.ec2(region);
    for await (const page of sdk.paginateDescribeImages({ client, pageSize: PAGE }, query)) yield required(page.Images, 'Images');
  },
});

/** The default and the latest version of every launch template, of one, or one version of one. */
export type VersionQuery = 'all' | { readonly templateId: string; readonly version?: string };

/** Without a template's id the default and the latest versions may be asked of all at once. A template or a version that is not there gives none. */
export const describeLaunchTemplateVersions = definePagedCall<LaunchTemplateVersion, VersionQuery>({
  service: 'ec2',
  operation: 'DescribeLaunchTemplateVersions',
  permissions: ['ec2:DescribeLaunchTemplateVersions'],
  async *pages(session, region, wanted) {
    const { sdk, client } = await session.aws.ec2(region);
    const Versions = wanted === 'all' || wanted.version === undefined ? ['$Default', '$Latest'] : [wanted.version];
    const query = { Versions, ...EVEN_HIDDEN, ...(wanted === 'all' ? {} : { LaunchTemplateId: wanted.templateId }) };
    try {
      for await (const page of sdk.paginateDescribeLaunchTemplateVersions({ client, pageSize: 200 }, query)) {
        yield required(page.LaunchTemplateVersions, 'LaunchTemplateVersions');
      }
    } catch (error) {
      if (wanted === 'all' || !isNamed(error, ...NO_TEMPLATE)) throw error;
      yield [];
    }
  },
});

/** https://docs.aws.amazon.com/AWSEC2/latest/APIReference/errors-overview.html */
const NO_TEMPLATE = [
  'InvalidLaunchTemplateId.NotFound',
  'InvalidLaunchTemplateId.Malformed',
  'InvalidLaunchTemplateId.VersionNotFound',
  'InvalidLaunchTemplateId.VersionNotFoundException',
];

export interface SnapshotQuery {
  readonly restorableBy: 'owner' | 'all';
  readonly wanted: Wanted;
}

/** The account's own snapshots: all, or those of which anyone may make a volume. */
export const describeSnapshots = definePagedCall<Snapshot, SnapshotQuery>({
  service: 'ec2',
  operation: 'DescribeSnapshots',
  permissions: ['ec2:DescribeSnapshots'],
  async *pages(session, region, { restorableBy, wanted }) {
    const { sdk, client } = await session.aws.ec2(region);
    const query = { ...toFilters(wanted), OwnerIds: ['self'], ...(restorableBy === 'all' ? { RestorableByUserIds: ['all'] } : {}) };
    for await (const page of sdk.paginateDescribeSnapshots({ client, pageSize: PAGE }, query)) yield required(page.Snapshots, 'Snapshots');
  },
});

export const getImageBlockPublicAccessState = defineCall<string>({
  service: 'ec2',
  operation: 'GetImageBlockPublicAccessState',
  permissions: ['ec2:GetImageBlockPublicAccessState'],
  async send(session, region) {
    const { sdk, client } = await session.aws.ec2(region);
    const answer = await client.send(new sdk.GetImageBlockPublicAccessStateCommand({}));
    return required(answer.ImageBlockPublicAccessState, 'ImageBlockPublicAccessState');
  },
});

export const getSnapshotBlockPublicAccessState = defineCall<string>({
  service: 'ec2',
  operation: 'GetSnapshotBlockPublicAccessState',
  permissions: ['ec2:GetSnapshotBlockPublicAccessState'],
  async send(session, region) {
    const { sdk, client } = await session.aws.ec2(region);
    const answer = await client.send(new sdk.GetSnapshotBlockPublicAccessStateCommand({}));
    return required(answer.State, 'State');
  },
});

export const getEbsEncryptionByDefault = defineCall<boolean>({
  service: 'ec2',
  operation: 'GetEbsEncryptionByDefault',
  permissions: ['ec2:GetEbsEncryptionByDefault'],
  async send(session, region) {
    const { sdk, client } = await session.aws.ec2(region);
    const answer = await client.send(new sdk.GetEbsEncryptionByDefaultCommand({}));
    return required(answer.EbsEncryptionByDefault, 'EbsEncryptionByDefault');
  },
});
