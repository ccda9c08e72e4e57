import { CloudTrailClient, CreateTrailCommand, PutEventSelectorsCommand, StartLoggingCommand } from '@aws-sdk/client-cloudtrail';
import type { Description, Trail } from './description.ts';
import type { SeedClients } from './seed-clients.ts';

export async function seedTrails(aws: SeedClients, description: Description): Promise<void> {
  for (const [name, trail] of description.trails)
    await seedTrail(aws.client(CloudTrailClient, trail.region ?? description.region), name, trail);
}

async function seedTrail(cloudtrail: CloudTrailClient, name: string, trail: Trail): Promise<void> {
  await cloudtrail.send(
    new CreateTrailCommand({
      Name: name,
      S3BucketName: trail.bucket,
      IsMultiRegionTrail: trail.multiRegion ?? false,
      IncludeGlobalServiceEvents: trail.globalEvents ?? true,
      EnableLogFileValidation: trail.validation ?? false,
    }),
  );
  if (trail.logging ?? true) await cloudtrail.send(new StartLoggingCommand({ Name: name }));
  if (trail.selectors) {
    await cloudtrail.send(new PutEventSelectorsCommand({ TrailName: name, EventSelectors: [...trail.selectors] }));
  }
  if (trail.advancedSelectors) {
    await cloudtrail.send(new PutEventSelectorsCommand({ TrailName: name, AdvancedEventSelectors: [...trail.advancedSelectors] }));
  }
}
