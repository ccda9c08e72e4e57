import { defineCheck, denied, fail, pass } from '../check.ts';

export default defineCheck({
  id: 'ecr-repository-tags-immutable',
  title: 'Image repositories should not let tags be moved to other images',
  severity: 'MEDIUM',
  controls: ['AWS-FSBP:ECR.2'],
  equivalents: { prowler: ['ecr_repositories_tag_immutability'], securityHub: ['ECR.2'] },
  risk: 'Whoever may push can put another image behind a tag that was tested and is deployed.',
  remediation: {
    text: 'Make tags immutable. A tag that is meant to move, such as latest, can be excepted by name.',
    cli: 'aws ecr put-image-tag-mutability --repository-name <repository> --image-tag-mutability IMMUTABLE',
    cloudFormation: 'AWS::ECR::Repository.ImageTagMutability',
  },
  resourceType: 'AWS::ECR::Repository',
  needs: ['tags'],
  evaluate({ tags: { immutable, exceptions } }) {
    if (!immutable) return fail(exceptions.length === 0 ? 'its tags can be moved' : 'most of its tags can be moved', { exceptions });
    const everything = exceptions.find((pattern) => /^\*+$/.test(pattern));
    return everything === undefined ? pass : fail('its tags are immutable, but all are excepted', { exceptions });
  },
  examples: {
    pass: {
      'no tag moves': { tags: { immutable: true, exceptions: [] } },
      'only latest moves': { tags: { immutable: true, exceptions: ['latest'] } },
    },
    fail: {
      'tags move': { tags: { immutable: false, exceptions: [] } },
      'all but releases move': { tags: { immutable: false, exceptions: ['release-*'] } },
      'all are excepted': { tags: { immutable: true, exceptions: ['latest', '*'] } },
    },
    unknown: { 'not read': { tags: denied('ecr:DescribeRepositories') } },
  },
});
