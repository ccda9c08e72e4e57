import { expect, test } from 'vitest';
import { eventDataStoreCalls, readEventDataStores } from '../../../inventory/cloudtrail/event-data-stores.ts';
import { GLOBAL } from '../../../inventory/resource.ts';
import { refusalOf } from '../describe-reader.ts';
import { ACCOUNT, type Answers, fakeSession, refused } from '../fake-session.ts';

const ARN = `arn:aws:cloudtrail:eu-central-1:${ACCOUNT}:eventdatastore/1`;
const management = [{ FieldSelectors: [{ Field: 'eventCategory', Equals: ['Management'] }] }];
const store = { EventDataStoreArn: ARN, Status: 'ENABLED', MultiRegionEnabled: true, AdvancedEventSelectors: management };
const answers: Answers = {
  'cloudtrail:ListEventDataStores': (_input, region) => ({
    EventDataStores: region === 'eu-central-1' ? [{ EventDataStoreArn: ARN }] : [],
  }),
  'cloudtrail:GetEventDataStore': store,
};

async function readWith(changed: Answers = {}) {
  const { session, sent } = fakeSession({ ...answers, ...changed });
  const listed = await readEventDataStores({ session, scope: { accountId: ACCOUNT, region: GLOBAL }, declared: eventDataStoreCalls });
  return { listed, sent };
}

test('the stores of every region are read in their region', async () => {
  const { listed, sent } = await readWith();
  expect([...listed]).toEqual([
    {
      arn: ARN,
      state: {
        ingesting: true,
        multiRegion: true,
        managementEvents: { read: true, write: true, excludedSources: [] },
        objectEvents: { read: 'none', write: 'none' },
      },
    },
  ]);
  expect(sent.map(({ operation, region }) => `${operation} ${region}`).sort()).toEqual([
    'cloudtrail:GetEventDataStore eu-central-1',
    'cloudtrail:ListEventDataStores eu-central-1',
    'cloudtrail:ListEventDataStores us-east-1',
  ]);
});

test('a store that takes in nothing more says so', async () => {
  const { listed } = await readWith({ 'cloudtrail:GetEventDataStore': { ...store, Status: 'STOPPED_INGESTION' } });
  expect([...listed]).toMatchObject([{ state: { ingesting: false } }]);
});

test('a region without CloudTrail Lake has no stores', async () => {
  const { listed } = await readWith({ 'cloudtrail:ListEventDataStores': () => throwing('UnsupportedOperationException') });
  expect([...listed]).toEqual([]);
});

test('a region that refuses leaves the stores of the others', async () => {
  const { listed } = await readWith({
    'cloudtrail:ListEventDataStores': (_input, region) =>
      region === 'us-east-1' ? throwing('AccessDeniedException') : { EventDataStores: [{ EventDataStoreArn: ARN }] },
  });
  expect(listed.known).toHaveLength(1);
  expect(listed.unread).toMatchObject({ cause: 'denied', operation: 'cloudtrail:ListEventDataStores' });
});

test.each([
  { Status: undefined },
  { MultiRegionEnabled: undefined },
  { AdvancedEventSelectors: [] },
])('the state of a store that lacks %j is unread', async (lacking) => {
  const { listed } = await readWith({ 'cloudtrail:GetEventDataStore': { ...store, ...lacking } });
  expect(await refusalOf(async () => [...listed].map(({ state }) => state))).toMatchObject({ cause: 'malformed' });
});

function throwing(name: string): never {
  throw refused(name);
}
