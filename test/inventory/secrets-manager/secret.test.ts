import { expect, test } from 'vitest';
import { secrets } from '../../../inventory/secrets-manager/secret.ts';
import { nameIn } from '../../../inventory/secrets-manager/secret-name.ts';
import { describeReader, facetOf, type ReaderContract, refusalOf, scopeOf, subjectOf } from '../describe-reader.ts';
import { ACCOUNT, type Answers, fakeSession, pages, refused } from '../fake-session.ts';

const ARN = `arn:aws:secretsmanager:eu-central-1:${ACCOUNT}:secret:`;
const at = (time: string) => new Date(time);

const secret = {
  Name: 'shop/database',
  ARN: `${ARN}shop/database-AbCdEf`,
  CreatedDate: at('2026-01-01T00:00:00Z'),
  LastChangedDate: at('2026-03-01T00:00:00Z'),
  LastAccessedDate: at('2026-03-02T00:00:00Z'),
  RotationEnabled: true,
  LastRotatedDate: at('2026-03-01T00:00:00Z'),
  NextRotationDate: at('2026-03-31T23:59:59Z'),
  RotationRules: { AutomaticallyAfterDays: 30 },
  Tags: [{ Key: 'team', Value: 'shop' }],
};

const neighbour = { Name: 'shop/database-replica', ARN: `${ARN}shop/database-replica-GhIjKl` };

const answers: Answers = {
  'secretsmanager:ListSecrets': pages({ SecretList: [secret] }, { SecretList: [neighbour] }),
  'secretsmanager:GetResourcePolicy': {
    ARN: secret.ARN,
    ResourcePolicy: JSON.stringify({ Statement: { Effect: 'Deny', Principal: '*', Action: 'secretsmanager:*', Resource: '*' } }),
  },
};

const contract: ReaderContract = {
  reader: secrets,
  ids: ['shop/database', 'shop/database-replica'],
  answers,
  facets: {
    secret: {
      createdAt: '2026-01-01T00:00:00.000Z',
      changedAt: '2026-03-01T00:00:00.000Z',
      accessedAt: '2026-03-02T00:00:00.000Z',
      owningService: undefined,
      replica: false,
      rotation: {
        enabled: true,
        rotatedAt: '2026-03-01T00:00:00.000Z',
        nextAt: '2026-03-31T23:59:59.000Z',
        everyDays: 30,
        schedule: undefined,
      },
    },
    policy: {
      statements: [
        {
          effect: 'Deny',
          principals: { aws: ['*'], service: [], federated: [], canonicalUser: [] },
          actions: ['secretsmanager:*'],
          resources: ['*'],
          conditions: [],
        },
      ],
    },
  },
  absences: {
    policy: { answers: { 'secretsmanager:GetResourcePolicy': { ARN: secret.ARN } }, facet: 'policy', value: undefined },
    'rotation, access and owner': {
      answers: { 'secretsmanager:ListSecrets': { SecretList: [{ Name: secret.Name, ARN: secret.ARN }] } },
      facet: 'secret',
      value: {
        createdAt: undefined,
        changedAt: undefined,
        accessedAt: undefined,
        owningService: undefined,
        replica: false,
        rotation: { enabled: false, rotatedAt: undefined, nextAt: undefined, everyDays: undefined, schedule: undefined },
      },
    },
  },
};

describeReader(contract);

test.each([
  ['in its own region', 'eu-central-1', false],
  ['elsewhere', 'us-east-1', true],
])('one whose primary is %s', async (_where, PrimaryRegion, replica) => {
  const { resource } = await subjectOf(contract, {
    ...answers,
    'secretsmanager:ListSecrets': { SecretList: [{ ...secret, PrimaryRegion }] },
  });
  expect(await facetOf(resource, 'secret')).toMatchObject({ replica });
});

test('a single one is asked for by the beginning of its name, and its neighbours are left', async () => {
  const { session, sent } = fakeSession(answers);
  const { known } = await secrets.only(session, scopeOf(secrets), [secret.ARN]);
  expect(known.map(({ identity }) => identity.id)).toEqual(['shop/database']);
  expect(sent[0]?.input.Filters).toEqual([{ Key: 'name', Values: ['shop/database'] }]);
});

test('an empty answer is not the lack of a policy', async () => {
  const { resource } = await subjectOf(contract, { ...answers, 'secretsmanager:GetResourcePolicy': {} });
  expect(await refusalOf(() => facetOf(resource, 'policy'))).toMatchObject({ cause: 'malformed' });
});

test('one that is deleted meanwhile is unread', async () => {
  const gone = () => {
    throw refused('ResourceNotFoundException');
  };
  const { resource } = await subjectOf(contract, { ...answers, 'secretsmanager:GetResourcePolicy': gone });
  expect(await refusalOf(() => facetOf(resource, 'policy'))).toMatchObject({ cause: 'no-data' });
});

test.each([
  ['db', 'db'],
  ['my-secret', 'my-secret'],
  [`${ARN}db-AbCdEf`, 'db'],
  [`${ARN}shop/my-secret-AbCdEf`, 'shop/my-secret'],
  [`${ARN}rds!db-0123-AbCdEf`, 'rds!db-0123'],
])('%s is of the secret %s', (nameOrArn, name) => {
  expect(nameIn(nameOrArn)).toBe(name);
});
