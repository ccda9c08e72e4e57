import { defineCheck, denied, fail, pass } from '../check.ts';

export default defineCheck({
  id: 'apigateway-stage-access-logged',
  title: 'Stages of API Gateway should log every request',
  severity: 'MEDIUM',
  controls: ['CIS-AWS-7.0:4.10', 'AWS-FSBP:APIGateway.9'],
  equivalents: { prowler: ['apigateway_restapi_logging_enabled'], securityHub: ['APIGateway.9'] },
  risk: 'Nobody can tell who called the API, from where and with what result, nor how an attack on it began.',
  remediation: {
    text: 'Let the stage write access logs to a log group or a delivery stream. Logs of its execution are something else: they tell what API Gateway did, not who called.',
    cli: 'aws apigatewayv2 update-stage --api-id <api> --stage-name <stage> --access-log-settings DestinationArn=<log-group-arn>,Format=<format>',
    cloudFormation: 'AWS::ApiGatewayV2::Stage.AccessLogSettings',
  },
  resourceType: ['AWS::ApiGateway::Stage', 'AWS::ApiGatewayV2::Stage'],
  needs: ['accessLog'],
  evaluate: ({ accessLog }) => (accessLog === undefined ? fail('its requests are not logged') : pass),
  examples: {
    pass: { 'to a log group': { accessLog: 'arn:aws:logs:eu-west-1:111122223333:log-group:api' } },
    fail: { 'no access log': { accessLog: undefined } },
    unknown: { 'not read': { accessLog: denied('apigateway:GET') } },
  },
});
