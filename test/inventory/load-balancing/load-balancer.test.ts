import { expect, test } from 'vitest';
import { loadBalancers } from '../../../inventory/load-balancing/load-balancer.ts';
import { describeReader, facetOf, type ReaderContract, refusalOf, subjectOf } from '../describe-reader.ts';
import { pages } from '../fake-session.ts';
import { arnOf, listener, shop } from './balancer-answers.ts';

const inner = {
  ...shop,
  LoadBalancerArn: arnOf('loadbalancer/net/inner/1'),
  LoadBalancerName: 'inner',
  Scheme: 'internal',
  Type: 'network',
};
const redirect = {
  ...listener,
  ...{ Port: 80, Protocol: 'HTTP', SslPolicy: undefined },
  DefaultActions: [{ Type: 'redirect', RedirectConfig: { Protocol: 'HTTPS', Port: '443' } }],
};
const set = (Key: string, Value: string) => ({ Key, Value });

const contract: ReaderContract = {
  reader: loadBalancers,
  ids: ['shop', 'inner'],
  answers: {
    'elasticloadbalancing:DescribeLoadBalancers': pages({ LoadBalancers: [shop] }, { LoadBalancers: [inner] }),
    'elasticloadbalancing:DescribeListeners': pages({ Listeners: [listener] }, { Listeners: [redirect] }),
    'elasticloadbalancing:DescribeSSLPolicies': {
      SslPolicies: [{ Name: 'ELBSecurityPolicy-2016-08', SslProtocols: ['TLSv1', 'TLSv1.1', 'TLSv1.2'] }],
    },
    'elasticloadbalancing:DescribeLoadBalancerAttributes': {
      Attributes: [
        set('access_logs.s3.enabled', 'true'),
        set('deletion_protection.enabled', 'false'),
        set('routing.http.drop_invalid_header_fields.enabled', 'true'),
        set('routing.http.desync_mitigation_mode', 'defensive'),
      ],
    },
  },
  facets: {
    balancer: { kind: 'application', internetFacing: true },
    listeners: [
      {
        ...{ port: 443, protocol: 'HTTPS', redirectsToHttps: false },
        tls: { policy: 'ELBSecurityPolicy-2016-08', protocols: ['TLSv1', 'TLSv1.1', 'TLSv1.2'] },
      },
      { port: 80, protocol: 'HTTP', redirectsToHttps: true, tls: undefined },
    ],
    attributes: { accessLogs: true, deletionProtection: false, dropsInvalidHeaders: true, desyncMitigation: 'defensive' },
  },
};

describeReader(contract);

const withAnswers = async (answers: object) => (await subjectOf(contract, { ...contract.answers, ...answers })).resource;

test('a redirect to HTTP is none to HTTPS', async () => {
  const plain = { ...redirect, DefaultActions: [{ Type: 'redirect', RedirectConfig: { Protocol: 'HTTP' } }] };
  const resource = await withAnswers({ 'elasticloadbalancing:DescribeListeners': { Listeners: [plain] } });
  expect(await facetOf(resource, 'listeners')).toMatchObject([{ redirectsToHttps: false }]);
});

test('policies are not asked for where nothing speaks TLS', async () => {
  const { resource, sent } = await subjectOf(contract, {
    ...contract.answers,
    'elasticloadbalancing:DescribeListeners': { Listeners: [redirect] },
  });
  await facetOf(resource, 'listeners');
  expect(sent.map(({ operation }) => operation)).not.toContain('elasticloadbalancing:DescribeSSLPolicies');
});

test('a policy that AWS does not describe is unread, not current', async () => {
  const resource = await withAnswers({ 'elasticloadbalancing:DescribeSSLPolicies': { SslPolicies: [] } });
  expect(await refusalOf(() => facetOf(resource, 'listeners'))).toMatchObject({ cause: 'malformed' });
});

test('what a kind of load balancer has no setting for is undefined', async () => {
  const Attributes = [set('deletion_protection.enabled', 'true'), set('access_logs.s3.enabled', 'false')];
  const resource = await withAnswers({ 'elasticloadbalancing:DescribeLoadBalancerAttributes': { Attributes } });
  expect(await facetOf(resource, 'attributes')).toEqual({
    ...{ accessLogs: false, deletionProtection: true },
    ...{ dropsInvalidHeaders: undefined, desyncMitigation: undefined },
  });
});

test('attributes without a word on deletion are unread', async () => {
  const resource = await withAnswers({ 'elasticloadbalancing:DescribeLoadBalancerAttributes': { Attributes: [] } });
  expect(await refusalOf(() => facetOf(resource, 'attributes'))).toMatchObject({ cause: 'malformed' });
});
