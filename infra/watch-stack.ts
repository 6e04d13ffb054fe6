// Who is told: a topic, its subscribers, every alarm, what is done to the keys, and a dashboard. A stack of its own:
// nothing here holds data, and what it needs of the limits of a template grows with the institutions.
import { Aws, type CfnElement, Duration, Fn, RemovalPolicy, Stack } from 'aws-cdk-lib'
import { HttpApi } from 'aws-cdk-lib/aws-apigatewayv2'
import { SlackChannelConfiguration } from 'aws-cdk-lib/aws-chatbot'
import { Rule } from 'aws-cdk-lib/aws-events'
import { SnsTopic } from 'aws-cdk-lib/aws-events-targets'
import { ManagedPolicy, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam'
import { Key } from 'aws-cdk-lib/aws-kms'
import { Topic } from 'aws-cdk-lib/aws-sns'
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions'
import type { Construct } from 'constructs'
import { addAlarms } from './alarms.ts'
import type { Kept } from './capabilities.ts'
import { addDashboard } from './dashboard.ts'
import type { DataStack } from './data-stack.ts'
import { type DoorsStack, apiExport } from './doors-stack.ts'
import { plainId } from './logical-ids.ts'
import type { Settings, Slack } from './stage.ts'
import type { Watched } from './watched.ts'

const cloudwatch = new ServicePrincipal('cloudwatch.amazonaws.com')
const eventbridge = new ServicePrincipal('events.amazonaws.com')

/** What takes a key from the hub, or gives others the use of it. */
const keyChanges = [
  'DisableKey',
  'ScheduleKeyDeletion',
  'DisableKeyRotation',
  'PutKeyPolicy',
  'CreateGrant',
] as const

export class WatchStack extends Stack {
  constructor(
    scope: Construct,
    id: string,
    props: { data: DataStack; doors: DoorsStack; told: Settings['alarms'] },
  ) {
    super(scope, id, { description: 'Who is told what happens to a referral hub' })
    const { data, doors, told } = props
    this.addStackDependency(doors, 'what it imports, and the logs that it counts in')
    const hub: Watched = {
      prefix: data.prefix,
      called: doors.called,
      codes: data.codes,
      tables: doors.kept.tables,
      indexesOf: name => data.indexesOf(name),
      httpApi: HttpApi.fromHttpApiAttributes(this, 'Api', {
        httpApiId: Fn.importValue(apiExport(doors.stackName)),
      }),
    }
    const topic = this.#topic()
    for (const email of told.emails) topic.addSubscription(new EmailSubscription(email))
    if (told.slack) this.#chat(told.slack, topic, data.prefix)
    addAlarms(this, hub, topic)
    this.#keyRules(doors.kept.keys, topic)
    addDashboard(this, hub, data.stackName)
  }

  protected override allocateLogicalId(element: CfnElement): string {
    return plainId(this, element)
  }

  /**
   * Encrypted with a key of its own: CloudWatch and EventBridge can use none of AWS’s, and none of the hub’s keys lets
   * them in.
   */
  #topic(): Topic {
    const key = new Key(this, 'AlarmKey', {
      description: 'What alarms say, until it is sent',
      enableKeyRotation: true,
      removalPolicy: RemovalPolicy.DESTROY,
      pendingWindow: Duration.days(7),
    })
    key.addToResourcePolicy(
      new PolicyStatement({
        principals: [cloudwatch, eventbridge],
        actions: ['kms:Decrypt', 'kms:GenerateDataKey'],
        resources: ['*'],
      }),
    )
    const topic = new Topic(this, 'Alarms', { masterKey: key, enforceSSL: true })
    // EventBridge has its statement by its rule.
    topic.addToResourcePolicy(
      new PolicyStatement({
        principals: [cloudwatch],
        actions: ['sns:Publish'],
        resources: [topic.topicArn],
        conditions: { StringEquals: { 'aws:SourceAccount': Aws.ACCOUNT_ID } },
      }),
    )
    return topic
  }

  /** Alarms come into the channel, and nobody can ask AWS for anything from there. */
  #chat({ workspace, channel }: Slack, topic: Topic, prefix: string): SlackChannelConfiguration {
    return new SlackChannelConfiguration(this, 'Chat', {
      slackChannelConfigurationName: `${prefix}-alarms`,
      slackWorkspaceId: workspace,
      slackChannelId: channel,
      notificationTopics: [topic],
      role: new Role(this, 'ChatRole', {
        description: 'Brings alarms into a channel, and may do nothing',
        assumedBy: new ServicePrincipal('chatbot.amazonaws.com'),
      }),
      guardrailPolicies: [ManagedPolicy.fromAwsManagedPolicyName('AWSDenyAll')],
    })
  }

  /**
   * What CloudTrail sees done to the keys. DynamoDB makes grants on the storage key by itself, so those of that key are
   * no news.
   */
  #keyRules(keys: Kept['keys'], topic: Topic): void {
    const rule = (id: string, eventName: readonly string[], arns: readonly string[]) =>
      new Rule(this, id, {
        description:
          'Somebody changes a key of the hub. What to do: docs/operations.md#a-key-is-changed',
        eventPattern: {
          source: ['aws.kms'],
          detailType: ['AWS API Call via CloudTrail'],
          detail: {
            eventSource: ['kms.amazonaws.com'],
            eventName: [...eventName],
            resources: { ARN: [...arns] },
          },
        },
        targets: [new SnsTopic(topic)],
      })
    const { Storage, ...others } = keys
    const arns = Object.values(others).map(({ keyArn }) => keyArn)
    rule('KeysChanged', keyChanges, arns)
    rule(
      'StorageKeyChanged',
      keyChanges.filter(name => name !== 'CreateGrant'),
      [Storage.keyArn],
    )
  }
}
