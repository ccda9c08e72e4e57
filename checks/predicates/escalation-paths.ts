import type { PrincipalKind } from './request-context.ts';

/** What a step of a path is asked of. `any …`: one that nobody has thought of, so that a policy which lists some does not suffice. */
export type StepTarget =
  | 'itself'
  /** A managed policy of the account that is attached to it. */
  | 'its policy'
  | 'any user'
  | 'any role'
  | 'any group'
  | 'any policy'
  /** What the caller makes and names: `new function`. Steps on the same kind are about the same thing. */
  | `new ${string}`
  /** `existing function` */
  | `existing ${keyof typeof EXISTING}`;

/** One call of a path, or one of several that serve equally. */
export interface EscalationStep {
  /** Lower case. */
  readonly actions: readonly string[];
  readonly on: StepTarget;
  /** What the request carries because it is this step, by condition key; `<partition>` is the principal's. */
  readonly carries?: Readonly<Record<string, string>>;
}

/** A way by which a principal can come to have the permissions of an administrator without having them. */
export interface EscalationPath {
  readonly id: string;
  /** After `may`: `attach any policy to itself`. */
  readonly words: string;
  /** Whose way it is; everybody's unless told. */
  readonly of?: readonly PrincipalKind[];
  readonly steps: readonly EscalationStep[];
  /** Not of any, but of a certain user, role or group it is a way to act as that: worth as much as that may do. */
  readonly takesOver?: PrincipalKind;
  /** What else must be so in the account, which the policies do not tell. */
  readonly dependsOn?: string;
}

/** Resources of each kind, after `arn:<partition>:`, with `<region>`, `<account>` and `<name>`: "Actions, resources, and condition keys" in the Service Authorization Reference. */
export const EXISTING = {
  'build project': 'codebuild:<region>:<account>:project/<name>',
  'container task': 'ecs:<region>:<account>:task/<name>/<name>',
  function: 'lambda:<region>:<account>:function:<name>',
  instance: 'ec2:<region>:<account>:instance/<name>',
  notebook: 'sagemaker:<region>:<account>:notebook-instance/<name>',
  stack: 'cloudformation:<region>:<account>:stack/<name>/<name>',
  'web service': 'apprunner:<region>:<account>:service/<name>/<name>',
} as const;

/** The service that a role is passed to. */
export const PASSED_TO = 'iam:passedtoservice';
const OF_USER = { takesOver: 'user' } as const;
const OF_ROLE = { takesOver: 'role' } as const;
const BECOME_USER = step('iam:CreateAccessKey iam:CreateLoginProfile iam:UpdateLoginProfile', 'any user');
const ADMINISTRATOR = { 'iam:policyarn': 'arn:<partition>:iam::aws:policy/AdministratorAccess' };

/**
 * Combinations of actions by which principals become administrators, as published by many researchers and collected at https://pathfinding.cloud; that an action
 * takes what it needs was checked against the Service Authorization Reference. Not here, because other resources decide: assuming a role that may do more (escalation-links.ts).
 */
export const ESCALATION_PATHS: readonly EscalationPath[] = [
  // By its own policies.
  path('iam-attach-to-user', 'attach any policy to itself', [step('iam:AttachUserPolicy', 'itself', ADMINISTRATOR)], {
    of: ['user', 'group'],
  }),
  path('iam-put-on-user', 'write an inline policy of its own', [step('iam:PutUserPolicy', 'itself')], { of: ['user', 'group'] }),
  path('iam-attach-to-role', 'attach any policy to itself', [step('iam:AttachRolePolicy', 'itself', ADMINISTRATOR)], { of: ['role'] }),
  path('iam-put-on-role', 'write an inline policy of its own', [step('iam:PutRolePolicy', 'itself')], { of: ['role'] }),
  path('iam-attach-to-group', 'attach any policy to its own group', [step('iam:AttachGroupPolicy', 'itself', ADMINISTRATOR)], {
    of: ['group'],
  }),
  path('iam-put-on-group', 'write an inline policy of its own group', [step('iam:PutGroupPolicy', 'itself')], { of: ['group'] }),
  path('iam-attach-to-any-group', 'attach any policy to every group', [step('iam:AttachGroupPolicy', 'any group', ADMINISTRATOR)], {
    of: ['user'],
  }),
  path('iam-put-on-any-group', 'write inline policies of every group', [step('iam:PutGroupPolicy', 'any group')], { of: ['user'] }),
  path('iam-join-any-group', 'join every group', [step('iam:AddUserToGroup', 'any group')], {
    of: ['user', 'group'],
    takesOver: 'group',
    dependsOn: 'a group of administrators exists',
  }),
  path('iam-rewrite-own-policy', 'rewrite a policy that is attached to it', [step('iam:CreatePolicyVersion', 'its policy')]),
  path('iam-rewrite-any-policy', 'rewrite every policy of the account', [step('iam:CreatePolicyVersion', 'any policy')]),
  path('iam-revert-own-policy', 'put another version of its own policy in force', [step('iam:SetDefaultPolicyVersion', 'its policy')], {
    dependsOn: 'another version allows more',
  }),
  // By other people's credentials.
  path('iam-create-access-key', 'make access keys of every user', [step('iam:CreateAccessKey', 'any user')], OF_USER),
  path('iam-create-password', 'give every user a password', [step('iam:CreateLoginProfile', 'any user')], OF_USER),
  path('iam-change-password', 'change the password of every user', [step('iam:UpdateLoginProfile', 'any user')], OF_USER),
  path('iam-attach-to-any-user', 'make an administrator of any user and sign in as that', [
    step('iam:AttachUserPolicy', 'any user', ADMINISTRATOR),
    BECOME_USER,
  ]),
  path('iam-put-on-any-user', 'write policies of any user and sign in as that', [step('iam:PutUserPolicy', 'any user'), BECOME_USER]),
  // By roles that trust it afterwards.
  path('iam-open-any-role', 'let itself assume every role', [step('iam:UpdateAssumeRolePolicy', 'any role')], OF_ROLE),
  path('iam-raise-any-role', 'make a role of its own an administrator', [
    step('iam:AttachRolePolicy', 'any role', ADMINISTRATOR),
    step('iam:CreateRole', 'any role'),
  ]),
  path('iam-write-any-role', 'write policies of a role of its own', [
    step('iam:PutRolePolicy', 'any role'),
    step('iam:CreateRole', 'any role'),
  ]),
  // By services that act as the role that they are given.
  passing(
    'ec2.amazonaws.com',
    'pass-role-ec2',
    'start an instance as any role',
    step('ec2:RunInstances ec2:RequestSpotInstances', 'new instance'),
  ),
  passing(
    'ec2.amazonaws.com',
    'pass-role-instance-profile',
    'give an instance that it can enter any role',
    step('ec2:AssociateIamInstanceProfile ec2:ReplaceIamInstanceProfileAssociation', 'existing instance'),
    step('ssm:SendCommand ssm:StartSession ec2-instance-connect:SendSSHPublicKey', 'existing instance'),
  ),
  passing(
    'ec2.amazonaws.com',
    'pass-role-auto-scaling',
    'start instances as any role in an auto scaling group',
    step('autoscaling:CreateLaunchConfiguration ec2:CreateLaunchTemplate', 'new launch template'),
    step('autoscaling:CreateAutoScalingGroup', 'new group'),
  ),
  passing(
    'lambda.amazonaws.com',
    'pass-role-lambda',
    'run code in a new function as any role',
    step('lambda:CreateFunction', 'new function'),
    step('lambda:InvokeFunction lambda:CreateEventSourceMapping lambda:AddPermission', 'new function'),
  ),
  passing(
    'ecs-tasks.amazonaws.com',
    'pass-role-ecs',
    'run a container as any role',
    step('ecs:RegisterTaskDefinition', 'new task definition'),
    step('ecs:RunTask ecs:StartTask ecs:CreateService ecs:UpdateService', 'new task'),
  ),
  passing(
    'ecs-tasks.amazonaws.com',
    'pass-role-batch',
    'run a batch job as any role',
    step('batch:RegisterJobDefinition', 'new job definition'),
    step('batch:SubmitJob', 'new job'),
  ),
  passing(
    'cloudformation.amazonaws.com',
    'pass-role-cloudformation',
    'deploy a stack as any role',
    step('cloudformation:CreateStack cloudformation:UpdateStack cloudformation:CreateStackSet', 'new stack'),
  ),
  passing(
    'cloudformation.amazonaws.com',
    'pass-role-change-set',
    'deploy a change set as any role',
    step('cloudformation:CreateChangeSet', 'new stack'),
    step('cloudformation:ExecuteChangeSet', 'new stack'),
  ),
  passing(
    'codebuild.amazonaws.com',
    'pass-role-codebuild',
    'run a build as any role',
    step('codebuild:CreateProject codebuild:UpdateProject', 'new project'),
    step('codebuild:StartBuild codebuild:StartBuildBatch', 'new project'),
  ),
  passing(
    'glue.amazonaws.com',
    'pass-role-glue-job',
    'run a Glue job as any role',
    step('glue:CreateJob glue:UpdateJob', 'new job'),
    step('glue:StartJobRun glue:CreateTrigger', 'new job'),
  ),
  passing(
    'glue.amazonaws.com',
    'pass-role-glue-endpoint',
    'open a Glue endpoint as any role',
    step('glue:CreateDevEndpoint', 'new endpoint'),
  ),
  passing(
    'glue.amazonaws.com',
    'pass-role-glue-session',
    'open a Glue session as any role',
    step('glue:CreateSession', 'new session'),
    step('glue:RunStatement', 'new session'),
  ),
  passing(
    'sagemaker.amazonaws.com',
    'pass-role-sagemaker-notebook',
    'open a notebook as any role',
    step('sagemaker:CreateNotebookInstance', 'new notebook'),
    step('sagemaker:CreatePresignedNotebookInstanceUrl', 'new notebook'),
  ),
  passing(
    'sagemaker.amazonaws.com',
    'pass-role-sagemaker-job',
    'run a SageMaker job as any role',
    step('sagemaker:CreateTrainingJob sagemaker:CreateProcessingJob', 'new job'),
  ),
  passing(
    'states.amazonaws.com',
    'pass-role-step-functions',
    'run a state machine as any role',
    step('states:CreateStateMachine states:UpdateStateMachine', 'new state machine'),
    step('states:StartExecution states:StartSyncExecution', 'new state machine'),
  ),
  passing(
    'scheduler.amazonaws.com',
    'pass-role-scheduler',
    'schedule any call as any role',
    step('scheduler:CreateSchedule', 'new schedule'),
  ),
  passing(
    'ssm.amazonaws.com',
    'pass-role-automation',
    'run an automation as any role',
    step('ssm:StartAutomationExecution', 'new automation'),
  ),
  passing(
    'tasks.apprunner.amazonaws.com',
    'pass-role-app-runner',
    'run a web service as any role',
    step('apprunner:CreateService', 'new service'),
  ),
  passing('ec2.amazonaws.com', 'pass-role-emr', 'start a cluster as any role', step('elasticmapreduce:RunJobFlow', 'new cluster')),
  passing(
    'datapipeline.amazonaws.com',
    'pass-role-data-pipeline',
    'run a pipeline as any role',
    step('datapipeline:CreatePipeline', 'new pipeline'),
    step('datapipeline:PutPipelineDefinition', 'new pipeline'),
    step('datapipeline:ActivatePipeline', 'new pipeline'),
  ),
  passing(
    'bedrock-agentcore.amazonaws.com',
    'pass-role-code-interpreter',
    'run code in an interpreter as any role',
    step('bedrock-agentcore:CreateCodeInterpreter', 'new interpreter'),
    step('bedrock-agentcore:StartCodeInterpreterSession', 'new interpreter'),
    step('bedrock-agentcore:InvokeCodeInterpreter', 'new interpreter'),
  ),
  // By what already runs as a role.
  taking('a function', 'change-any-function', 'replace the code of every function', step('lambda:UpdateFunctionCode', 'existing function')),
  taking('a function', 'layer-any-function', 'add code to every function', step('lambda:UpdateFunctionConfiguration', 'existing function')),
  taking(
    'an instance',
    'command-any-instance',
    'run commands on every instance',
    step('ssm:SendCommand ssm:StartSession', 'existing instance'),
  ),
  taking(
    'an instance',
    'user-data-any-instance',
    'replace what every instance runs when it starts',
    step('ec2:ModifyInstanceAttribute', 'existing instance'),
    step('ec2:StopInstances', 'existing instance'),
    step('ec2:StartInstances', 'existing instance'),
  ),
  taking('a container', 'command-any-container', 'run commands in every container', step('ecs:ExecuteCommand', 'existing container task')),
  taking(
    'a build',
    'start-any-build',
    'start every build with commands of its own',
    step('codebuild:StartBuild codebuild:StartBuildBatch', 'existing build project'),
  ),
  taking('a stack', 'update-any-stack', 'change every stack', step('cloudformation:UpdateStack', 'existing stack')),
  taking(
    'a stack',
    'change-set-any-stack',
    'change every stack by change sets',
    step('cloudformation:CreateChangeSet', 'existing stack'),
    step('cloudformation:ExecuteChangeSet', 'existing stack'),
  ),
  taking(
    'a notebook',
    'open-any-notebook',
    'open every notebook',
    step('sagemaker:CreatePresignedNotebookInstanceUrl', 'existing notebook'),
  ),
  taking(
    'a web service',
    'update-any-web-service',
    'replace the code of every web service',
    step('apprunner:UpdateService', 'existing web service'),
  ),
];

function path(
  id: string,
  words: string,
  steps: readonly EscalationStep[],
  more: Pick<EscalationPath, 'of' | 'dependsOn' | 'takesOver'> = {},
): EscalationPath {
  return { id, words, steps, ...more };
}

/** `actions` is one or several that serve equally, as the documentation writes them. */
function step(actions: string, on: StepTarget, carries: Readonly<Record<string, string>> = {}): EscalationStep {
  return { actions: actions.toLowerCase().split(' '), on, carries };
}

/** A new thing that acts as a role, which must be passed to the service. */
function passing(service: string, id: string, words: string, ...steps: readonly EscalationStep[]): EscalationPath {
  return path(id, words, [step('iam:PassRole', 'any role', { [PASSED_TO]: service }), ...steps], OF_ROLE);
}

function taking(thing: string, id: string, words: string, ...steps: readonly EscalationStep[]): EscalationPath {
  return path(id, words, steps, { dependsOn: `${thing} runs as a role that may do more` });
}
