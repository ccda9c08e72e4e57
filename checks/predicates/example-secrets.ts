import type { SecretProperties } from '../../inventory/secrets-manager/secret.ts';

export const EXAMPLE_SECRET: SecretProperties = {
  createdAt: '2025-01-15T09:00:00.000Z',
  changedAt: '2026-10-20T09:00:00.000Z',
  accessedAt: '2026-10-31T00:00:00.000Z',
  owningService: undefined,
  replica: false,
  rotation: {
    enabled: true,
    rotatedAt: '2026-10-20T09:00:00.000Z',
    nextAt: '2026-11-20T23:59:59.000Z',
    everyDays: 30,
    schedule: undefined,
  },
};
