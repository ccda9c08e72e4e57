import type { Account } from '../account.ts';
import { allow, deny } from '../account.ts';

/** An account in which somebody once tried something out. */
const PROTOTYPE = '333344445555';
/** Where backups are kept, and from where they are watched. */
const [BACKUPS, WATCH] = ['555566667777', '666677778888'] as const;

/** Brightcart's accounts share a bill, and nothing else; the shop runs in the one that pays it. */
export function addOrganization(shop: Account): void {
  shop.organization({ features: 'CONSOLIDATED_BILLING', rootAccounts: [PROTOTYPE] });
}

/** The organization that the archive manages, so that nobody at the shop can lift what protects the logs. */
export function addArchiveOrganization(archive: Account): void {
  archive
    .organization({
      rootFeatures: ['RootCredentialsManagement', 'RootSessions'],
      units: { archives: [BACKUPS], security: [WATCH] },
      policies: {
        'keep-the-logs': { document: deny(['organizations:LeaveOrganization', 'cloudtrail:StopLogging']), targets: ['archives', WATCH] },
      },
      trusted: ['cloudtrail.amazonaws.com', 'ram.amazonaws.com'],
      delegated: { [WATCH]: ['cloudtrail.amazonaws.com'] },
      resourcePolicy: allow(['organizations:AttachPolicy', 'organizations:CreatePolicy', 'organizations:UpdatePolicy'], '*', {
        principal: { AWS: `arn:aws:iam::${WATCH}:root` },
      }),
    })
    .contacts({ primary: true, security: true })
    .passwordPolicy({ minimumLength: 16, reusePrevention: 24 })
    .role('support', { created: 300, lastUsed: 10, attached: ['AWSSupportAccess'] });
}
