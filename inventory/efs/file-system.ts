import type { FileSystemDescription } from '@aws-sdk/client-efs';
import { malformed } from '../broken-answer.ts';
import { toListed } from '../partial.ts';
import { type PolicyDocument, toPolicyDocument } from '../policy-document.ts';
import { defineReader } from '../reader.ts';
import { toTags } from '../tags.ts';
import { describeFileSystemPolicy, describeFileSystems } from './calls.ts';
import { fileSystemChanges } from './file-system-changes.ts';

export interface FileSystemFacets {
  readonly fileSystem: FileSystemProperties;
  /** `undefined` when it has none: then every client that reaches a mount target may read and write. */
  readonly policy: PolicyDocument | undefined;
}

export interface FileSystemProperties {
  readonly encrypted: boolean;
  readonly kmsKeyId: string | undefined;
}

interface ListedFileSystem {
  readonly id: string;
  readonly arn: string;
  readonly detail: FileSystemDescription;
}

const SOURCE = 'elasticfilesystem:DescribeFileSystems';

export const fileSystems = defineReader<'AWS::EFS::FileSystem', ListedFileSystem>({
  type: 'AWS::EFS::FileSystem',
  scope: 'regional',
  changes: fileSystemChanges,
  list: { calls: [describeFileSystems], read: async (place) => toListed(await describeFileSystems(place), toListedFileSystem) },
  identify: ({ id, arn, detail }, { accountId, region }, partition) => ({
    ...{ arn, id, accountId, region, partition },
    tags: toTags(detail.Tags),
  }),
  facets: {
    fileSystem: { calls: [], read: ({ detail }) => toProperties(detail) },
    policy: {
      calls: [describeFileSystemPolicy],
      async read({ id }, place) {
        const text = await describeFileSystemPolicy(place, id);
        return text === undefined ? undefined : toPolicyDocument(text, 'elasticfilesystem:DescribeFileSystemPolicy');
      },
    },
  },
});

function toListedFileSystem(detail: FileSystemDescription): ListedFileSystem {
  if (!detail.FileSystemId || !detail.FileSystemArn) throw malformed(SOURCE, 'a file system has no id or no ARN');
  return { id: detail.FileSystemId, arn: detail.FileSystemArn, detail };
}

function toProperties({ Encrypted, KmsKeyId }: FileSystemDescription): FileSystemProperties {
  if (Encrypted === undefined) throw malformed(SOURCE, 'a file system has no Encrypted');
  return { encrypted: Encrypted, kmsKeyId: KmsKeyId };
}
