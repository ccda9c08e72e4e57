/** By API version and path behind it, in which `*` is a function's name (AWS Lambda API reference). */
const OPERATIONS: Readonly<Record<string, string>> = {
  'GET 2015-03-31/functions': 'ListFunctions',
  'POST 2015-03-31/functions': 'CreateFunction',
  'GET 2015-03-31/functions/*': 'GetFunction',
  'DELETE 2015-03-31/functions/*': 'DeleteFunction',
  'GET 2015-03-31/functions/*/configuration': 'GetFunctionConfiguration',
  'PUT 2015-03-31/functions/*/configuration': 'UpdateFunctionConfiguration',
  'PUT 2015-03-31/functions/*/code': 'UpdateFunctionCode',
  'GET 2015-03-31/functions/*/policy': 'GetPolicy',
  'POST 2015-03-31/functions/*/policy': 'AddPermission',
  'GET 2015-03-31/functions/*/aliases': 'ListAliases',
  'POST 2015-03-31/functions/*/aliases': 'CreateAlias',
  'POST 2015-03-31/functions/*/invocations': 'Invoke',
  'GET 2021-10-31/functions/*/url': 'GetFunctionUrlConfig',
  'POST 2021-10-31/functions/*/url': 'CreateFunctionUrlConfig',
  'PUT 2021-10-31/functions/*/url': 'UpdateFunctionUrlConfig',
  'DELETE 2021-10-31/functions/*/url': 'DeleteFunctionUrlConfig',
  'GET 2021-10-31/functions/*/urls': 'ListFunctionUrlConfigs',
};

/** The operation of a request to Lambda; method and path of those that are not known. */
export function lambdaOperation(method: string, path: string): string {
  const [version = '', functions = '', name, ...rest] = path.split('/').filter((part) => part !== '');
  const place = [version, functions, ...(name === undefined ? [] : ['*']), ...rest].join('/');
  return OPERATIONS[`${method} ${place}`] ?? `${method} ${path}`;
}
