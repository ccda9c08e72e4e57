import { defineActivityCheck, quiet } from '../activity.ts';
import { factOf, factsOf, isRecorded } from '../predicates/event-facts.ts';
import { NOT_RECORDED, tamperingByHand } from '../predicates/notices.ts';
import { keepsRequests, nameOfAcl } from '../predicates/web-acls.ts';

const WAF = { eventSource: 'wafv2.amazonaws.com' };
const ACL = 'arn:aws:wafv2:eu-west-1:111122223333:regional/webacl/shop/0a1b2c3d-0a1b-0a1b-0a1b-0a1b2c3d4e5f';
const LOAD_BALANCER = 'arn:aws:elasticloadbalancing:eu-west-1:111122223333:loadbalancer/app/shop/0a1b2c3d4e5f6a7b';

/** Firewall Manager and CloudFormation put web ACLs in place and take them away in the course of their work. */
export default defineActivityCheck({
  id: 'activity-web-acl-tampered',
  title: 'A web ACL or its log was taken away',
  severity: 'HIGH',
  controls: [],
  attack: ['T1562.007', 'T1562.008'],
  equivalents: {},
  risk: 'Requests reach the application unfiltered, or nobody sees which did.',
  remediation: {
    text: 'Put the web ACL before the application again, and have its requests logged.',
    cli: 'aws wafv2 associate-web-acl --web-acl-arn <web ACL> --resource-arn <resource>',
    cloudFormation: 'AWS::WAFv2::WebACLAssociation',
  },
  events: [
    {
      source: 'wafv2.amazonaws.com',
      names: ['DeleteLoggingConfiguration', 'DeleteWebACL', 'DisassociateWebACL', 'PutLoggingConfiguration'],
    },
  ],
  evaluate(event) {
    const { request, name } = event;
    const isLog = name === 'PutLoggingConfiguration';
    if (isLog && isRecorded(event) && keepsRequests(event)) return quiet;
    const subject = factOf(request, 'name') ?? factOf(request, 'resourceArn') ?? factOf(request, 'loggingConfiguration', 'resourceArn');
    return tamperingByHand(event, {
      what: subject === undefined ? undefined : nameOfAcl(subject),
      how: isLog ? (isRecorded(event) ? 'most requests left out' : NOT_RECORDED) : undefined,
      evidence: factsOf(request, 'name', 'id', 'scope', 'resourceArn'),
      severity: isLog ? 'MEDIUM' : undefined,
    });
  },
  examples: {
    activity: {
      'taken from a load balancer': { ...WAF, eventName: 'DisassociateWebACL', requestParameters: { resourceArn: LOAD_BALANCER } },
      'its log deleted': { ...WAF, eventName: 'DeleteLoggingConfiguration', requestParameters: { resourceArn: ACL } },
      'deletion refused': {
        ...WAF,
        eventName: 'DeleteWebACL',
        errorCode: 'AccessDeniedException',
        requestParameters: { name: 'shop', scope: 'REGIONAL', id: '0a1b2c3d-0a1b-0a1b-0a1b-0a1b2c3d4e5f' },
      },
      'most requests no longer logged': {
        ...WAF,
        eventName: 'PutLoggingConfiguration',
        requestParameters: { loggingConfiguration: { resourceArn: ACL, loggingFilter: { defaultBehavior: 'DROP', filters: [] } } },
      },
      'by Firewall Manager': {
        ...WAF,
        eventName: 'DisassociateWebACL',
        userIdentity: { type: 'AWSService', invokedBy: 'fms.amazonaws.com' },
        requestParameters: { resourceArn: LOAD_BALANCER },
      },
    },
    quiet: {
      'all requests logged': {
        ...WAF,
        eventName: 'PutLoggingConfiguration',
        requestParameters: { loggingConfiguration: { resourceArn: ACL, logDestinationConfigs: [] } },
      },
    },
  },
});
