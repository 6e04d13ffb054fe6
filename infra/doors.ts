// One row of the permission table → a Lambda function with its own role and log, behind its routes or on its schedule.
import { join } from 'node:path'
import { Duration, Fn, RemovalPolicy, type Stack, Validations } from 'aws-cdk-lib'
import { AccessLogFormat } from 'aws-cdk-lib/aws-apigateway'
import {
  type CfnRoute,
  type CfnStage,
  HttpApi,
  type HttpMethod,
  HttpRoute,
  HttpRouteKey,
  type HttpStage,
  LogGroupLogDestination,
} from 'aws-cdk-lib/aws-apigatewayv2'
import { HttpLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations'
import { Rule, Schedule } from 'aws-cdk-lib/aws-events'
import { LambdaFunction as InvokeFunction } from 'aws-cdk-lib/aws-events-targets'
import { PolicyDocument, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam'
import {
  Architecture,
  type CfnFunction,
  Code,
  Function as LambdaFunction,
  LoggingFormat,
  Runtime,
} from 'aws-cdk-lib/aws-lambda'
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs'
import type { Rate } from '../events/rate.ts'
import { grants, type Kept, pascal } from './capabilities.ts'
import { environmentOf, type Settings } from './environment.ts'
import type { HubFunction, RouteKey } from './functions.ts'
import { queueNameOf } from './inboxes.ts'
import { roleNameOf } from './keys.ts'
import { stageLimits } from './limits.ts'
import { statementsOf, unasked } from './statements.ts'

const operationalLog = {
  retention: RetentionDays.THREE_MONTHS,
  removalPolicy: RemovalPolicy.DESTROY,
}

/** How long a function may take that its row says nothing of. */
export const defaultSeconds = ({ trigger }: HubFunction): number => ('routes' in trigger ? 10 : 55)

/** What a function is called: by it other stacks know it, without a reference that would bind them together. */
export const functionNameOf = (prefix: string, { name }: HubFunction): string =>
  `${prefix}-${pascal(name)}`

/** What its operational log is called. */
export const logNameOf = (prefix: string, { name }: HubFunction): string =>
  `/${prefix}/${pascal(name)}`

/** The function of a row, allowed its row's capabilities and its own log, nothing else. */
export const hubFunction = (
  stack: Stack,
  row: HubFunction,
  kept: Kept,
  settings: Settings,
  bundles: string | undefined,
): LambdaFunction => {
  const id = pascal(row.name)
  const logGroup = new LogGroup(stack, `${id}Logs`, {
    ...operationalLog,
    logGroupName: logNameOf(settings.prefix, row),
  })
  const role = new Role(stack, `${id}Role`, {
    roleName: roleNameOf(settings.prefix, row.name),
    description: `What functions/${row.module}.ts may do`,
    assumedBy: new ServicePrincipal('lambda.amazonaws.com'),
    inlinePolicies: {
      capabilities: new PolicyDocument({
        statements: [
          ...statementsOf(row.may, kept),
          // The ARN that CloudFormation gives for a log group ends in `:*`, its streams.
          new PolicyStatement({
            sid: 'OwnLog' satisfies keyof typeof unasked,
            actions: [...unasked.OwnLog.actions],
            resources: [logGroup.logGroupArn],
          }),
        ],
      }),
    },
  })
  if (row.may.some(capability => 'inboxes' in grants[capability]))
    Validations.of(role).acknowledge({
      id: `AwsSolutions-IAM5[Resource::arn:<AWS::Partition>:sqs:<AWS::Region>:<AWS::AccountId>:${queueNameOf(settings.prefix, 'inbox', '*')}]`,
      reason:
        'Every inbox of the stage, and no other queue: a list of them would outgrow the policy.',
    })
  const target = new LambdaFunction(stack, id, {
    functionName: functionNameOf(settings.prefix, row),
    description: `functions/${row.module}.ts`,
    runtime: Runtime.NODEJS_24_X,
    architecture: Architecture.ARM_64,
    handler: 'index.handler',
    code: bundles
      ? Code.fromAsset(join(bundles, row.name))
      : Code.fromInline('exports.handler = () => { throw new Error("not bundled") }'),
    role,
    logGroup,
    loggingFormat: LoggingFormat.JSON,
    memorySize: row.memoryMb ?? 512,
    timeout: Duration.seconds(row.timeoutSeconds ?? defaultSeconds(row)),
    environment: {
      ...environmentOf(row.may, kept, settings),
      ...(row.saysWhere && { AUTHORITY: settings.authority }),
    },
  })
  // How the local hub finds the module behind a function of the template.
  const resource = target.node.defaultChild as CfnFunction
  resource.addMetadata('entry', `functions/${row.module}.ts`)
  return target
}

/**
 * The HTTP API with its `$default` stage (a named one would become part of the path that callers sign) and its own
 * host.
 */
export const hubApi = (
  stack: Stack,
  prefix: string,
  { rate, ownHost }: { rate: Rate; ownHost: boolean },
): { httpApi: HttpApi; stage: HttpStage; ownAuthority: () => string } => {
  const { each } = stageLimits(rate)
  const httpApi = new HttpApi(stack, 'Api', {
    apiName: prefix,
    createDefaultStage: false,
    // A second way in, past the domain and its certificates.
    ...(!ownHost && { disableExecuteApiEndpoint: true }),
  })
  const stage = httpApi.addStage('Stage', {
    stageName: '$default',
    autoDeploy: true,
    throttle: { rateLimit: each.perSecond, burstLimit: each.burst },
    accessLogSettings: {
      destination: new LogGroupLogDestination(new LogGroup(stack, 'ApiLogs', operationalLog)),
      // No address, agent, path or query: the route stands for them, the request id leads to the rest.
      format: AccessLogFormat.custom(
        JSON.stringify({
          requestId: '$context.requestId',
          time: '$context.requestTimeEpoch',
          route: '$context.routeKey',
          status: '$context.status',
          bytes: '$context.responseLength',
          milliseconds: '$context.responseLatency',
          error: '$context.integrationErrorMessage',
        }),
      ),
    },
  })
  Validations.of(httpApi).acknowledge({
    id: 'AwsSolutions-APIG4',
    reason:
      'Every signed route verifies RFC 9421 signature and body digest in its handler: authorizers get no body.',
  })
  return { httpApi, stage, ownAuthority: () => Fn.select(2, Fn.split('/', httpApi.apiEndpoint)) }
}

/** Puts a function behind its routes; the API may invoke it for these routes only. */
export const onRoutes = (
  httpApi: HttpApi,
  routes: readonly RouteKey[],
  target: LambdaFunction,
): HttpRoute[] => {
  const integration = new HttpLambdaIntegration('Integration', target)
  return routes.map(route => {
    const [method, path] = route.split(' ')
    return new HttpRoute(httpApi, `Route-${pascal(route)}`, {
      httpApi,
      integration,
      routeKey: path ? HttpRouteKey.with(path, method as HttpMethod) : HttpRouteKey.DEFAULT,
    })
  })
}

/**
 * Sets the limits of the routes that have their own. They must be there first, or CloudFormation does not find them.
 */
export const limitRoutes = (stage: HttpStage, routes: readonly HttpRoute[], rate: Rate): void => {
  const resource = stage.node.defaultChild as CfnStage
  const limits = Object.entries(stageLimits(rate).routes)
  resource.routeSettings = Object.fromEntries(
    limits.map(([key, { perSecond, burst }]) => {
      const route = routes.find(({ node }) => node.id === `Route-${pascal(key)}`)
      if (!route) throw new Error(`a limit for ${key}, which is no route`)
      resource.addResourceDependency(route.node.defaultChild as CfnRoute)
      return [key, { ThrottlingRateLimit: perSecond, ThrottlingBurstLimit: burst }]
    }),
  )
}

/** Runs a function at a fixed rate. A missed run is not made up for: the next one does its work. */
export const onSchedule = (
  stack: Stack,
  id: string,
  everyMinutes: number,
  target: LambdaFunction,
): Rule =>
  new Rule(stack, pascal(id), {
    schedule: Schedule.rate(Duration.minutes(everyMinutes)),
    targets: [new InvokeFunction(target, { retryAttempts: 0 })],
  })
