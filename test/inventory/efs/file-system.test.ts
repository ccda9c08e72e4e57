import { expect, test } from 'vitest';
import { fileSystems } from '../../../inventory/efs/file-system.ts';
import { describeReader, facetOf, type ReaderContract, refusalOf, subjectOf } from '../describe-reader.ts';
import { ACCOUNT, type Answers, pages, refused } from '../fake-session.ts';

const fileSystem = (id: string, Encrypted: boolean) => ({
  FileSystemId: id,
  FileSystemArn: `arn:aws:elasticfilesystem:eu-central-1:${ACCOUNT}:file-system/${id}`,
  Encrypted,
  Tags: [{ Key: 'Name', Value: 'photos' }],
});

const policy = { Version: '2012-10-17', Statement: { Effect: 'Allow', Principal: '*', Action: 'elasticfilesystem:ClientMount' } };

const answers: Answers = {
  'elasticfilesystem:DescribeFileSystems': pages({ FileSystems: [fileSystem('fs-1', true)] }, { FileSystems: [fileSystem('fs-2', false)] }),
  'elasticfilesystem:DescribeFileSystemPolicy': { FileSystemId: 'fs-1', Policy: JSON.stringify(policy) },
};

const refusing = (name: string) => () => {
  throw refused(name, 404);
};

const contract: ReaderContract = {
  reader: fileSystems,
  ids: ['fs-1', 'fs-2'],
  answers,
  facets: {
    fileSystem: { encrypted: true, kmsKeyId: undefined },
    policy: {
      statements: [
        {
          effect: 'Allow',
          principals: { aws: ['*'], service: [], federated: [], canonicalUser: [] },
          actions: ['elasticfilesystem:ClientMount'],
          conditions: [],
        },
      ],
    },
  },
  absences: {
    'policy of a file system': {
      answers: { 'elasticfilesystem:DescribeFileSystemPolicy': refusing('PolicyNotFound') },
      facet: 'policy',
      value: undefined,
    },
  },
};

describeReader(contract);

test('of one that is deleted meanwhile the policy is unread', async () => {
  const { resource } = await subjectOf(contract, {
    ...answers,
    'elasticfilesystem:DescribeFileSystemPolicy': refusing('FileSystemNotFound'),
  });
  expect(await refusalOf(() => facetOf(resource, 'policy'))).toMatchObject({ cause: 'no-data' });
});

test('an empty answer is no policy that lets everybody in, nor the lack of one', async () => {
  const { resource } = await subjectOf(contract, { ...answers, 'elasticfilesystem:DescribeFileSystemPolicy': {} });
  expect(await refusalOf(() => facetOf(resource, 'policy'))).toMatchObject({ cause: 'malformed' });
});
