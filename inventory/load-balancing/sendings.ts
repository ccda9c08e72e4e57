import type { Action, Listener, LoadBalancer, Rule } from '@aws-sdk/client-elastic-load-balancing-v2';
import { malformed } from '../broken-answer.ts';
import type { Place } from '../call.ts';
import { toListing } from '../ec2/listing.ts';
import { Listed } from '../facet.ts';
import { noData } from '../no-data.ts';
import { joined, unreadList } from '../partial.ts';
import { describeListeners, describeRules } from './calls.ts';
import type { BalancerListener } from './way.ts';

/** That a listener sends requests on, and whose. */
export interface Passage {
  readonly balancer: LoadBalancer;
  readonly listener: BalancerListener;
  readonly clients: Listed<string>;
}

/** To a target group. */
export interface Sending extends Passage {
  readonly targetGroupArn: string;
}

const LISTENERS = 'elasticloadbalancing:DescribeListeners';
const RULES = 'elasticloadbalancing:DescribeRules';
export const EVERYBODY: readonly string[] = ['0.0.0.0/0', '::/0'];
/** What a client must show before it is sent on. Nobody knows here who can. */
const GUARDS: ReadonlySet<string | undefined> = new Set(['authenticate-oidc', 'authenticate-cognito', 'jwt-validation']);
/** What a condition may want that only somebody who was told can know. Hosts and paths are public. */
const SECRETS: ReadonlySet<string | undefined> = new Set(['http-header', 'query-string']);

/** To which target groups a load balancer sends what comes from strangers: not what wants a sign-in, a token or a client certificate first. */
export async function readSendings(balancer: LoadBalancer, place: Place): Promise<Listed<Sending>> {
  const { LoadBalancerArn: balancerArn, Type } = balancer;
  if (balancerArn === undefined) throw malformed('elasticloadbalancing:DescribeLoadBalancers', 'a load balancer has no ARN');
  const listeners = await toListing(describeListeners(place, { balancerArn }));
  const open = listeners.filter(({ MutualAuthentication }) => MutualAuthentication?.Mode !== 'verify');
  const each = open.known.map((listener) =>
    Type === 'application' ? sendingsByRule(balancer, listener, place) : sendingsByDefault(balancer, listener),
  );
  return joined(await Promise.all(each), open.unread);
}

function sendingsByDefault(balancer: LoadBalancer, listener: Listener): Listed<Sending> {
  if (listener.DefaultActions === undefined) return unreadList(malformed(LISTENERS, 'a listener has no actions').reason);
  return toSendings(balancer, listener, new Map(groupsOf(listener.DefaultActions).map((arn) => [arn, new Listed(EVERYBODY)])));
}

async function sendingsByRule(balancer: LoadBalancer, listener: Listener, place: Place): Promise<Listed<Sending>> {
  const { ListenerArn: listenerArn } = listener;
  if (listenerArn === undefined) return unreadList(malformed(LISTENERS, 'a listener has no ARN').reason);
  const rules = await toListing(describeRules(place, { listenerArn }));
  const clients = new Map<string, Listed<string>>();
  for (const rule of rules.known) {
    const allowed = clientsOf(rule);
    for (const arn of groupsOf(rule.Actions ?? [])) {
      const known = clients.get(arn);
      clients.set(arn, known ? joined([known, allowed]) : allowed);
    }
  }
  return joined([toSendings(balancer, listener, clients)], rules.unread);
}

function toSendings(balancer: LoadBalancer, { Protocol, Port }: Listener, clients: ReadonlyMap<string, Listed<string>>): Listed<Sending> {
  if (Protocol === undefined || Port === undefined) return unreadList(malformed(LISTENERS, 'a listener is incomplete').reason);
  const listener = { protocol: Protocol, port: Port };
  return new Listed([...clients].map(([targetGroupArn, allowed]) => ({ balancer, listener, targetGroupArn, clients: allowed })));
}

/** Where strangers are sent: nowhere if a sign-in comes first. */
function groupsOf(actions: readonly Action[]): readonly string[] {
  if (actions.some(({ Type }) => GUARDS.has(Type))) return [];
  const arns = actions
    .filter(({ Type }) => Type === 'forward')
    .flatMap(({ TargetGroupArn, ForwardConfig }) => [
      TargetGroupArn,
      ...(ForwardConfig?.TargetGroups ?? []).filter(({ Weight }) => Weight !== 0).map((group) => group.TargetGroupArn),
    ]);
  return [...new Set(arns.filter((arn) => arn !== undefined))];
}

function clientsOf({ Conditions = [] }: Rule): Listed<string> {
  if (Conditions.some(({ Field }) => SECRETS.has(Field))) {
    return unreadList(noData(RULES, 'a rule sends on only requests with a header or query that may be a secret').reason);
  }
  const bySource = Conditions.find(({ Field }) => Field === 'source-ip');
  return new Listed(bySource ? (bySource.SourceIpConfig?.Values ?? bySource.Values ?? []) : EVERYBODY);
}
