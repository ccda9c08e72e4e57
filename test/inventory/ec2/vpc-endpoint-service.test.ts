import { expect, test } from 'vitest';
import { vpcEndpointServices } from '../../../inventory/ec2/vpc-endpoint-service.ts';
import { describeReader, facetOf, type ReaderContract, refusalOf, subjectOf } from '../describe-reader.ts';
import { pages } from '../fake-session.ts';

const scales = { ServiceId: 'vpce-svc-1', ServiceName: 'com.amazonaws.vpce.eu-central-1.vpce-svc-1', AcceptanceRequired: false };

const contract: ReaderContract = {
  reader: vpcEndpointServices,
  ids: ['vpce-svc-1', 'vpce-svc-2'],
  answers: {
    'ec2:DescribeVpcEndpointServiceConfigurations': pages(
      { ServiceConfigurations: [scales] },
      { ServiceConfigurations: [{ ...scales, ServiceId: 'vpce-svc-2', AcceptanceRequired: true }] },
    ),
    'ec2:DescribeVpcEndpointServicePermissions': pages(
      { AllowedPrincipals: [{ PrincipalType: 'Account', Principal: 'arn:aws:iam::444455556666:root' }] },
      { AllowedPrincipals: [{ PrincipalType: 'All', Principal: '*' }] },
    ),
  },
  facets: {
    service: { name: 'com.amazonaws.vpce.eu-central-1.vpce-svc-1', asksFirst: false },
    principals: ['arn:aws:iam::444455556666:root', '*'],
  },
};

describeReader(contract);

test('whether it asks first is never guessed', async () => {
  const silent = { ...scales, AcceptanceRequired: undefined };
  const answers = { ...contract.answers, 'ec2:DescribeVpcEndpointServiceConfigurations': { ServiceConfigurations: [silent] } };
  const { resource } = await subjectOf(contract, answers);
  expect(await refusalOf(() => facetOf(resource, 'service'))).toMatchObject({ cause: 'malformed' });
});

test('a permission for nobody leaves the list partial', async () => {
  const answers = { ...contract.answers, 'ec2:DescribeVpcEndpointServicePermissions': { AllowedPrincipals: [{}] } };
  const { resource } = await subjectOf(contract, answers);
  expect(await refusalOf(() => facetOf(resource, 'principals'))).toMatchObject({ cause: 'malformed' });
});
