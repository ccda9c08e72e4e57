import type { Statement } from '../account/description.ts';
import type { LambdaPermission } from '../account/service-description.ts';
import type { Account } from '../account.ts';
import { allow, trust } from '../account.ts';

const ROLE = 'shop-functions';
/** The subscription endpoints of partners and of the team. */
const PARTNER = 'http://stock.partner.example/updates';
const WAREHOUSE = 'https://warehouse.example/updates';

/** Queues, topics, functions and images: what was made in a hurry is open, old or in the clear. */
export function addServices(shop: Account): void {
  shop.role(ROLE, { trust: trust({ Service: 'lambda.amazonaws.com' }) });
  addMessaging(shop);
  addFunctions(shop);
  addImages(shop);
}

function addMessaging(shop: Account): void {
  const ofTheShop = { StringEquals: { 'aws:SourceAccount': shop.id } };
  shop
    .queue('orders', { policy: allow('sqs:SendMessage', '*', { principal: { Service: 'sns.amazonaws.com' }, condition: ofTheShop }) })
    .queue('price-updates', { policy: allow('sqs:SendMessage', '*', { principal: '*' }), encryption: 'kms' })
    .queue('old-mails', { encryption: 'none' })
    .topic('orders', { kmsKey: 'alias/orders', subscriptions: [WAREHOUSE] })
    .topic('stock', { kmsKey: 'alias/orders', policy: allow('sns:Publish', '*', { principal: '*' }), subscriptions: [PARTNER] })
    .topic('newsletter', { subscriptions: ['marketing@brightcart.example'] });
}

function addFunctions(shop: Account): void {
  const rule: LambdaPermission = {
    principal: 'events.amazonaws.com',
    sourceArn: `arn:aws:events:eu-west-1:${shop.id}:rule/nightly`,
    sourceAccount: shop.id,
  };
  shop
    .lambda('checkout', { role: ROLE, url: 'AWS_IAM', permissions: [rule], aliases: { live: [] } })
    .lambda('resize-photos', { role: ROLE, runtime: 'python3.13', permissions: [{ principal: '*' }] })
    .lambda('preview', {
      role: ROLE,
      url: 'NONE',
      permissions: [{ principal: '*', action: 'lambda:InvokeFunctionUrl', urlAuthType: 'NONE' }],
    })
    .lambda('import-prices', { role: ROLE, runtime: 'nodejs18.x', permissions: [{ principal: 'events.amazonaws.com' }] });
}

function addImages(shop: Account): void {
  shop
    .repository('brightcart/shop', { tags: 'IMMUTABLE', scanOnPush: true })
    .repository('brightcart/base', { tags: 'IMMUTABLE', scanOnPush: true, policy: pulledBy('*') })
    .repository('brightcart/batch', { policy: pulledBy({ AWS: `arn:aws:iam::${shop.id}:root` }) });
}

function pulledBy(principal: unknown): Statement {
  return allow(['ecr:BatchGetImage', 'ecr:GetDownloadUrlForLayer'], '*', { principal });
}
