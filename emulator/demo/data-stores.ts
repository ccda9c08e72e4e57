import type { Account } from '../account.ts';
import { allow, deny } from '../account.ts';

/** The bookkeeper's account, which somebody gave a copy of the orders. */
const BOOKKEEPER = '444455556666';

/** Databases, files, keys and secrets: the shop's own are as they should be, and what was made in a hurry is not. */
export function addDataStores(shop: Account): void {
  addDatabases(shop);
  addFiles(shop);
  addKeys(shop);
  addSecrets(shop);
}

function addDatabases(shop: Account): void {
  shop
    .database('orders', {})
    .database('wordpress', {
      ...{ engine: 'mysql', version: '5.7.44', encrypted: false, multiAz: false, minorUpgrades: false },
      ...{ deletionProtection: false, backupDays: 0, iamAuthentication: false },
      ...{ public: true, groups: ['analytics-database'], port: 5432, certificateUntil: -30 },
    })
    .databaseCluster('catalogue', {})
    .database('catalogue-1', { cluster: 'catalogue' })
    .databaseCluster('recommendations', {
      ...{ version: '13.20', encrypted: false, multiAz: false, deletionProtection: false, backupDays: 1, iamAuthentication: false },
    })
    .databaseSnapshot('orders-before-the-sale', { of: 'orders' })
    .databaseSnapshot('orders-for-the-bookkeeper', { of: 'orders', sharedWith: [BOOKKEEPER] })
    .databaseSnapshot('wordpress-for-the-agency', { of: 'wordpress', sharedWith: ['all'] })
    .databaseSnapshot('catalogue-before-the-sale', { of: 'catalogue' })
    .databaseSnapshot('recommendations-to-try', { of: 'recommendations', sharedWith: ['all', BOOKKEEPER] });
}

function addFiles(shop: Account): void {
  const insecure = { Bool: { 'aws:SecureTransport': 'false' } };
  const role = { AWS: `arn:aws:iam::${shop.id}:root` };
  shop
    .fileSystem('product-photos', {
      policy: [
        allow('elasticfilesystem:Client*', '*', { principal: role }),
        deny('*', '*', { principal: { AWS: '*' }, condition: insecure }),
      ],
    })
    .fileSystem('old-uploads', { encrypted: false, policy: allow('elasticfilesystem:Client*', '*', { principal: { AWS: '*' } }) });
}

function addKeys(shop: Account): void {
  const own = allow('kms:*', '*', { principal: { AWS: `arn:aws:iam::${shop.id}:root` } });
  shop
    .key('payments', { policy: own })
    .key('receipts', { spec: 'RSA_2048' })
    .key('exports', { rotation: false, policy: [own, allow('kms:Decrypt', '*', { principal: { AWS: '*' } })] })
    .key('first-shop', { state: 'PendingDeletion' });
}

function addSecrets(shop: Account): void {
  const yesterday = { accessed: 1, created: 400 };
  shop
    .secret('shop/orders-database', { ...yesterday, changed: 12, rotation: { days: 30, last: 12, next: -18 } })
    .secret('shop/mail', { ...yesterday, changed: 400, policy: allow('secretsmanager:GetSecretValue', '*', { principal: '*' }) })
    .secret('shop/stock-partner', { ...yesterday, changed: 95, rotation: { days: 30, last: 95, next: 65 } })
    .secret('trial/newsletter', { created: 200, changed: 190, accessed: 150 });
}
