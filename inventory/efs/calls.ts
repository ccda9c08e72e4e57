import type { FileSystemDescription } from '@aws-sdk/client-efs';
import { isNamed } from '../aws-errors.ts';
import { required } from '../broken-answer.ts';
import { defineCall, definePagedCall } from '../call.ts';
import { deletedMeanwhile } from '../no-data.ts';

/** Pages have 100 file systems whatever is asked for (Amazon EFS API Reference, DescribeFileSystems). */
const PAGE = 100;

export const describeFileSystems = definePagedCall<FileSystemDescription>({
  service: 'elasticfilesystem',
  operation: 'DescribeFileSystems',
  permissions: ['elasticfilesystem:DescribeFileSystems'],
  async *pages(session, region) {
    const { sdk, client } = await session.aws.elasticfilesystem(region);
    for await (const page of sdk.paginateDescribeFileSystems({ client, pageSize: PAGE }, {})) {
      yield required(page.FileSystems, 'FileSystems');
    }
  },
});

/** The policy's text; `undefined` when the file system has none, and whoever reaches a mount target may use it. */
export const describeFileSystemPolicy = defineCall<string | undefined, string>({
  service: 'elasticfilesystem',
  operation: 'DescribeFileSystemPolicy',
  permissions: ['elasticfilesystem:DescribeFileSystemPolicy'],
  async send(session, region, fileSystemId) {
    const { sdk, client } = await session.aws.elasticfilesystem(region);
    try {
      const answer = await client.send(new sdk.DescribeFileSystemPolicyCommand({ FileSystemId: fileSystemId }));
      return required(answer.Policy, 'Policy');
    } catch (error) {
      if (isNamed(error, 'PolicyNotFound')) return undefined;
      if (isNamed(error, 'FileSystemNotFound')) throw deletedMeanwhile('elasticfilesystem:DescribeFileSystemPolicy', 'the file system');
      throw error;
    }
  },
});
