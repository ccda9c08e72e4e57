import type { Account } from '../account.ts';
import { allow, trust } from '../account.ts';

/** Roles that allow more, or trust more, than anybody meant. */
export function addRiskyRoles(shop: Account): void {
  shop
    // Builds releases. It may hand any role to a function of its own making, and so become whatever it likes.
    .role('release-builder', {
      created: 200,
      lastUsed: 1,
      trust: trust({ Service: 'codebuild.amazonaws.com' }),
      policies: { release: allow(['lambda:CreateFunction', 'lambda:InvokeFunction', 'iam:PassRole']) },
    })
    // What it should be: one role for one service, and builds of this account alone.
    .role('test-builder', {
      created: 200,
      lastUsed: 1,
      trust: trust({ Service: 'codebuild.amazonaws.com' }, { StringEquals: { 'aws:SourceAccount': shop.id } }),
      policies: {
        test: allow('lambda:CreateFunction'),
        'hand-over': allow('iam:PassRole', `arn:aws:iam::${shop.id}:role/payments-api`, {
          condition: { StringEquals: { 'iam:PassedToService': 'lambda.amazonaws.com' } },
        }),
      },
    })
    // The agency that once set everything up.
    .role('agency', {
      created: 900,
      lastUsed: 20,
      trust: trust({ AWS: 'arn:aws:iam::555566667777:root' }, { StringEquals: { 'sts:ExternalId': 'brightcart-setup-19b2' } }),
      attached: ['AdministratorAccess'],
    })
    // Trusts the role of a server that is gone.
    .role('reports', { created: 700, lastUsed: 40, trust: trust({ AWS: ['AROAEXAMPLEEXAMPLEEXA', `arn:aws:iam::${shop.id}:root`] }) })
    .role('stock-terminal', {
      created: 300,
      lastUsed: 2,
      trust: trust({ Federated: `arn:aws:iam::${shop.id}:saml-provider/warehouse-directory` }, undefined, 'sts:AssumeRoleWithSAML'),
    });
}
