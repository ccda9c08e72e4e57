import { describe, expect, test } from 'vitest';
import { isMeant } from '../../findings/coalesce.ts';
import type { ResourceType } from '../../inventory/resource.ts';

const meant = (name: string, type: ResourceType, id: string, arn: string) => isMeant(name, { type, id, arn });

describe('a resource is meant', () => {
  const role = ['AWS::IAM::Role', 'Deploy', 'arn:aws:iam::111122223333:role/ci/Deploy'] as const;

  test.each(['*', 'Deploy', 'arn:aws:iam::111122223333:role/ci/Deploy'])('by %s', (name) => {
    expect(meant(name, ...role)).toBe(true);
  });

  test.each(['deploy', 'DEPLOY'])('by a name of IAM in whatever case: %s', (name) => {
    expect(meant(name, ...role)).toBe(true);
  });

  test.each(['ci/Deploy', 'Deploy2', ''])('not by %j', (name) => {
    expect(meant(name, ...role)).toBe(false);
  });

  test('not by the name of a bucket in another case: before 2018 there could be both', () => {
    expect(meant('photos', 'AWS::S3::Bucket', 'Photos', 'arn:aws:s3:::Photos')).toBe(false);
  });
});
