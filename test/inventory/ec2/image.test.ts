import { expect, test } from 'vitest';
import { images } from '../../../inventory/ec2/image.ts';
import { describeReader, type ReaderContract, scopeOf } from '../describe-reader.ts';
import { ACCOUNT, fakeSession, pages } from '../fake-session.ts';

const golden = { ImageId: 'ami-1', OwnerId: ACCOUNT, Name: 'golden-1.0.0', CreationDate: '2026-03-01T10:00:00.000Z', Public: true };

const contract: ReaderContract = {
  reader: images,
  ids: ['ami-1', 'ami-2'],
  answers: {
    'ec2:DescribeImages': pages({ Images: [golden] }, { Images: [{ ...golden, ImageId: 'ami-2' }] }),
    'ec2:GetImageBlockPublicAccessState': { ImageBlockPublicAccessState: 'block-new-sharing' },
  },
  facets: {
    image: { name: 'golden-1.0.0', createdAt: '2026-03-01T10:00:00.000Z', public: true },
    blockPublicAccess: 'block-new-sharing',
  },
};

describeReader(contract);

test('deprecated and disabled images are asked for too, and only the account’s own', async () => {
  const { session, sent } = fakeSession(contract.answers);
  const { known } = await images.list(session, scopeOf(images));
  expect(sent[0]?.input).toMatchObject({ Owners: ['self'], IncludeDeprecated: true, IncludeDisabled: true, MaxResults: 1_000 });
  expect(known[0]?.identity.arn).toBe('arn:aws:ec2:eu-central-1::image/ami-1');
});
