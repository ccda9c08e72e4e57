import { describe, expect, test } from 'vitest';
import { refuse } from '../../../checks/check.ts';
import { byHand, fromTemplate, image, newerImage } from '../../../checks/predicates/example-instances.ts';
import { staleImageEvidence } from '../../../checks/predicates/stale-images.ts';
import type { LaunchImage } from '../../../inventory/ec2/launch-image.ts';
import type { Rebuild } from '../../../inventory/ec2/rebuild.ts';

const now = new Date('2026-11-01T00:00:00Z');
const fresh = { ...image, imageId: 'ami-2', name: 'golden-2026-10-20' };
const launch: LaunchImage = { image, imageParameter: undefined, newerImage, imageRequiresTokens: undefined };

function rebuildFrom(starts: LaunchImage): Rebuild {
  const { source } = fromTemplate;
  return { group: 'web', source: source && { ...source, launch: starts } };
}

function outcomeWith(rebuild: Rebuild): unknown {
  return staleImageEvidence({ image, newerImage, rebuild }, now).rebuild;
}

const from = 'version 3 of launch template lt-1';

describe('a rebuild', () => {
  test.each<[string, LaunchImage, object]>([
    ['of the same image', launch, { outcome: 'brings this image back', image: 'ami-1' }],
    ['of the newest image', { ...launch, image: fresh, newerImage: undefined }, { outcome: 'starts the newest image', image: 'ami-2' }],
    ['of one between them', { ...launch, image: fresh }, { outcome: 'starts another image that is not the newest', image: 'ami-2' }],
    [
      'of one that is gone',
      { ...launch, image: { ...fresh, state: 'gone' }, newerImage: undefined },
      { outcome: 'starts another image that is at its end', image: 'ami-2' },
    ],
    [
      'of one that is deprecated',
      { ...launch, image: { ...fresh, deprecatedAt: '2026-10-31T00:00:00Z' }, newerImage: undefined },
      { outcome: 'starts another image that is at its end', image: 'ami-2' },
    ],
    [
      'of what a parameter names',
      { ...launch, image: undefined, imageParameter: '/golden/latest' },
      { outcome: 'starts the image that a parameter names then', parameter: '/golden/latest' },
    ],
    ['of no image', { ...launch, image: undefined }, { outcome: 'names no image' }],
  ])('%s', (_, starts, expected) => {
    expect(outcomeWith(rebuildFrom(starts))).toEqual({ ...expected, group: 'web', from });
  });

  test('of which it is not known whether there is a newer one does not claim to fix anything', () => {
    const starts = {
      ...launch,
      image: fresh,
      get newerImage() {
        return refuse('ec2:DescribeImages');
      },
    };
    expect(outcomeWith(rebuildFrom(starts))).toEqual({ outcome: 'starts another image', image: 'ami-2', group: 'web', from });
  });

  test('of which the image was not read', () => {
    const starts = {
      ...launch,
      get image() {
        return refuse('ec2:DescribeImages');
      },
    };
    expect(outcomeWith(rebuildFrom(starts))).toEqual({
      outcome: 'not known',
      because: 'ec2:DescribeImages was denied',
      group: 'web',
      from,
    });
  });

  test('that nothing remembers how to do', () => {
    expect(outcomeWith(byHand)).toEqual({ outcome: 'nothing says how to make it anew' });
  });
});

test('tells the image, how far behind it is, and what to follow instead', () => {
  const amazon = { ...image, name: 'al2023-ami-2023.9.20250929.0-kernel-6.1-x86_64', ownerAlias: 'amazon' };
  expect(staleImageEvidence({ image: amazon, newerImage, rebuild: byHand }, now)).toMatchObject({
    ...{ imageId: 'ami-1', imageName: amazon.name },
    newerImage: { imageId: 'ami-2', daysBehind: 19, releasesBehind: 2 },
    follow: 'resolve:ssm:/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-6.1-x86_64',
  });
});

test('nothing that was not read takes anything from the rest', () => {
  const host = {
    newerImage,
    get image() {
      return refuse('ec2:DescribeImages');
    },
    get rebuild() {
      return refuse('autoscaling:DescribeAutoScalingGroups');
    },
  };
  expect(staleImageEvidence(host, now)).toEqual({
    newerImage,
    rebuild: { outcome: 'not known', because: 'autoscaling:DescribeAutoScalingGroups was denied' },
  });
});
