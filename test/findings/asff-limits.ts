import * as z from 'zod';

/** Text of at most so many characters, of which one is visible. */
const said = (length: number) => z.string().min(1).max(length).regex(/\S/);
const few = <Shape extends z.ZodType>(key: z.ZodType<string, string>, value: Shape, most: number) =>
  z.record(key, value).refine((map) => Object.keys(map).length <= most, `more than ${most}`);
const time = z.iso.datetime();
const severity = z.enum(['CRITICAL', 'HIGH', 'MEDIUM', 'LOW', 'INFORMATIONAL']);

/**
 * What Security Hub takes, of what we send: names, lengths and numbers (AwsSecurityFinding and what it holds, API reference; the user guide's page on
 * resource attributes for tags and details). Nothing else may be sent, so that what belongs to people is left alone.
 */
const asff = z.strictObject({
  SchemaVersion: z.literal('2018-10-08'),
  Id: said(512),
  ProductArn: said(2_048).regex(/^arn:aws[a-z-]*:securityhub:[a-z0-9-]+:(\d{12}):product\/\1\/default$/),
  GeneratorId: said(512),
  AwsAccountId: z.string().regex(/^\d{12}$/),
  FindingProviderFields: z.strictObject({
    Severity: z.strictObject({ Label: severity, Original: said(64) }),
    Types: z.array(said(256).regex(/^Software and Configuration Checks(\/[^/]+){0,2}$/)).max(50),
  }),
  CreatedAt: time,
  UpdatedAt: time,
  FirstObservedAt: time,
  LastObservedAt: time,
  Title: said(256),
  Description: said(1_024),
  Remediation: z.strictObject({ Recommendation: z.strictObject({ Text: said(512), Url: z.url().optional() }) }).optional(),
  ProductFields: few(said(128), said(2_048), 50),
  Resources: z
    .array(
      z.strictObject({
        Type: said(256).regex(/^(Aws[A-Z][A-Za-z0-9]+|Other)$/),
        Id: said(2_048),
        Partition: z.enum(['aws', 'aws-cn', 'aws-us-gov']).optional(),
        Region: said(16).optional(),
        Tags: few(
          said(128).regex(/^(?!aws:)/i),
          z
            .string()
            .min(1)
            .max(256)
            .regex(/^[\w .:+=@/-]+$/)
            .regex(/\S/),
          50,
        ).optional(),
        Details: z.strictObject({ Other: few(said(127), said(1_023), 50) }),
      }),
    )
    .min(1)
    .max(32),
  Compliance: z.strictObject({
    Status: z.enum(['PASSED', 'WARNING', 'FAILED', 'NOT_AVAILABLE']),
    SecurityControlId: said(512),
    RelatedRequirements: z.array(said(64)).min(1).max(32).optional(),
  }),
  RecordState: z.enum(['ACTIVE', 'ARCHIVED']),
});

/** Why Security Hub would refuse this finding; nothing if it would not. */
export function refusalsOf(finding: object): readonly string[] {
  const issues = asff.safeParse(finding).error?.issues ?? [];
  const size = Buffer.byteLength(JSON.stringify(finding));
  return [...issues.map(({ path, message }) => `${path.join('.')}: ${message}`), ...(size > 240_000 ? [`${size} bytes`] : [])];
}
