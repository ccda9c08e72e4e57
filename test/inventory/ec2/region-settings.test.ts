import { expect, test } from 'vitest';
import { type EventDelivery, regionSettings } from '../../../inventory/ec2/region-settings.ts';
import { describeReader, facetOf, scopeOf } from '../describe-reader.ts';
import { fakeSession } from '../fake-session.ts';

describeReader({
  reader: regionSettings,
  unpaged: true,
  ids: ['eu-central-1'],
  answers: {
    'ec2:DescribeVpcBlockPublicAccessOptions': { VpcBlockPublicAccessOptions: { InternetGatewayBlockMode: 'off' } },
    'ec2:GetAllowedImagesSettings': { State: 'audit-mode' },
    'ec2:GetEbsEncryptionByDefault': { EbsEncryptionByDefault: false },
    'ec2:GetImageBlockPublicAccessState': { ImageBlockPublicAccessState: 'unblocked' },
    'ec2:GetInstanceMetadataDefaults': { AccountLevel: { HttpTokens: 'required', HttpTokensEnforced: 'enabled' } },
    'ec2:GetSerialConsoleAccessStatus': { SerialConsoleAccessEnabled: true },
    'ec2:GetSnapshotBlockPublicAccessState': { State: 'block-new-sharing' },
  },
  facets: {
    ebsEncryptionByDefault: false,
    imageBlockPublicAccess: 'unblocked',
    snapshotBlockPublicAccess: 'block-new-sharing',
    metadataDefaults: { endpoint: undefined, tokens: 'required', hopLimit: undefined, enforced: true },
    serialConsoleAccess: true,
    allowedImages: 'audit-mode',
    vpcBlockPublicAccess: 'off',
    eventDelivery: { deployed: false },
  },
});

test('whether events arrive is what the session has been told of the region', async () => {
  const told: EventDelivery = { deployed: true, expectedSince: '2026-11-21T06:00:00.000Z', heardAt: undefined };
  const asked: string[] = [];
  const eventDelivery = async ({ region }: { readonly region: string }) => {
    asked.push(region);
    return told;
  };
  const { session } = fakeSession({}, { eventDelivery });
  const { known } = await regionSettings.list(session, scopeOf(regionSettings));
  expect(await Promise.all(known.map((resource) => facetOf(resource, 'eventDelivery')))).toEqual([told]);
  expect(asked).toEqual(['eu-central-1']);
});

test('no event changes whether events arrive: a look that cannot tell must not be taken for one that can', () => {
  for (const { facets } of regionSettings.changes) expect(facets).not.toContain('eventDelivery');
  expect(regionSettings.changes.filter(({ facets }) => facets === undefined)).toEqual([]);
});
