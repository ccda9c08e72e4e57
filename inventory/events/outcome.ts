import type { CloudTrailEvent } from './event.ts';
import { isObject, memberOf } from './member.ts';

/**
 * The codes with which services refuse for want of permission. Besides `AccessDenied…` and `…UnauthorizedOperation`, which most use: `NotAuthorized` of
 * https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/CommonErrors.html, `AuthorizationError` of SNS, `NotAuthorizedException` of Cognito and the
 * like, `UnauthorizedException` and `ForbiddenException` of services with REST APIs.
 */
const REFUSED =
  /AccessDenied|UnauthorizedOperation|^(Client\.)?(NotAuthorized|AuthorizationError|Unauthorized|Forbidden)(Exception|Fault)?$/;
const DRY_RUN = /(^|\.)DryRunOperation(Exception)?$/;

/**
 * What became of a call. A sign-in that failed has no error code: it says so in `errorMessage`, in `responseElements` or, where Identity Center asks, in
 * `serviceEventDetails`.
 */
export function outcomeOf(record: unknown, errorCode: string | undefined, errorMessage: string | undefined): CloudTrailEvent['outcome'] {
  if (errorCode !== undefined) {
    if (DRY_RUN.test(errorCode)) return 'dry run';
    return REFUSED.test(errorCode) ? 'refused' : 'failed';
  }
  return errorMessage !== undefined || isFailedSignIn(record) ? 'failed' : 'succeeded';
}

function isFailedSignIn(record: unknown): boolean {
  if (memberOf(record, 'eventType') !== 'AwsConsoleSignIn' && memberOf(record, 'eventSource') !== 'signin.amazonaws.com') return false;
  return saysFailure(memberOf(record, 'responseElements')) || saysFailure(memberOf(record, 'serviceEventDetails'));
}

function saysFailure(part: unknown): boolean {
  return isObject(part) && Object.values(part).includes('Failure');
}
