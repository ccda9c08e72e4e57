import { watched } from '../account/region-services.ts';
import type { Account } from '../account.ts';

/** Ireland is watched as well as somebody had the time for; Frankfurt was begun, and of Virginia nobody thought. */
export function addRegionServices(shop: Account): void {
  shop
    .regionServices('eu-west-1', {
      ...watched(),
      publicResources: ['arn:aws:s3:::brightcart-photos'],
      guardDuty: { without: ['RDS_LOGIN_EVENTS', 'RUNTIME_MONITORING'] },
      inspector: ['ecr'],
      inspectorFindings: ['HIGH', 'CRITICAL'],
      macie: 'PAUSED',
      securityHub: { standards: [] },
    })
    .regionServices('eu-central-1', {
      analyzers: [{ name: 'unused', type: 'ACCOUNT_UNUSED_ACCESS' }],
      recorder: { recording: false },
    });
}

/** Everything on in every region; users and roles are recorded in the account's own. */
export function watchOver(archive: Account, regions: readonly string[]): Account {
  for (const region of regions) archive.regionServices(region, watched(region === archive.description.region));
  return archive;
}
