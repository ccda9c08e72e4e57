export { ApiGatewayV2Client } from '@aws-sdk/client-apigatewayv2';
