/** A CloudFront distribution; well kept unless this says otherwise. */
export interface Distribution {
  readonly enabled?: boolean;
  /** To a bucket, by CloudWatch Logs, or nowhere. */
  readonly log?: 'legacy' | 'delivery' | 'none';
  /** `allow-all` answers plain HTTP. */
  readonly viewers?: 'redirect-to-https' | 'https-only' | 'allow-all';
  /** `TLSv1.2_2021` unless given; `default` is CloudFront's own certificate. */
  readonly tls?: string;
  readonly webAcl?: boolean;
  readonly rootObject?: string;
  readonly origins?: readonly DistributionOrigin[];
}

export interface DistributionOrigin {
  readonly domain: string;
  /** How CloudFront shows a bucket who it is; absent for what is no bucket. */
  readonly bucketAccess?: 'control' | 'control-that-never-signs' | 'identity' | 'none';
}

/** An API of API Gateway: the access log's destination of each stage by the stage's name, or `none`. */
export interface Api {
  /** A REST API; an HTTP API unless this says so. */
  readonly rest?: boolean;
  readonly region?: string;
  readonly stages: Readonly<Record<string, string>>;
}
