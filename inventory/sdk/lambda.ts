export {
  GetFunctionConfigurationCommand,
  GetPolicyCommand,
  LambdaClient,
  paginateListAliases,
  paginateListFunctions,
  paginateListFunctionUrlConfigs,
} from '@aws-sdk/client-lambda';
