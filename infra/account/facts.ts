// What an account says of itself: asked with the credentials and in the region of whoever deploys.
import { GetAccountSettingsCommand, LambdaClient } from '@aws-sdk/client-lambda'
import { ListQueuesCommand, SQSClient } from '@aws-sdk/client-sqs'
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts'
import { type Live, type LiveHub, liveHub, liveStack } from './stack.ts'

/** An answer, or why there is none: the error's name, and what it says. */
export type Answer<T> = { readonly is: T } | { readonly unknown: string }

const answer = <T>(asking: Promise<T>): Promise<Answer<T>> =>
  asking.then(
    is => ({ is }),
    (error: unknown) => ({
      unknown: error instanceof Error ? `${error.name}: ${error.message}` : 'unknown',
    }),
  )

export type Facts = {
  readonly region: Answer<string>
  readonly caller: Answer<{ account: string; arn: string }>
  /** The stack of `cdk bootstrap`, if there is one. */
  readonly toolkit: Answer<Live | undefined>
  /** The hub's own stacks, if there are any. */
  readonly hub: Answer<LiveHub>
  /** How many functions may run at once in the account. */
  readonly concurrency: Answer<number>
  /** Names of queues that begin as those of the stage do. */
  readonly queues: Answer<readonly string[]>
}

const caller = async (): Promise<{ account: string; arn: string }> => {
  const client = new STSClient()
  try {
    const { Account: account = '', Arn: arn = '' } = await client.send(
      new GetCallerIdentityCommand(),
    )
    return { account, arn }
  } finally {
    client.destroy()
  }
}

const region = async (): Promise<string> => {
  const client = new STSClient()
  try {
    return await client.config.region()
  } finally {
    client.destroy()
  }
}

const concurrency = async (): Promise<number> => {
  const client = new LambdaClient()
  try {
    const { AccountLimit } = await client.send(new GetAccountSettingsCommand())
    return AccountLimit?.ConcurrentExecutions ?? 0
  } finally {
    client.destroy()
  }
}

const queues = async (QueueNamePrefix: string): Promise<string[]> => {
  const client = new SQSClient()
  try {
    const { QueueUrls = [] } = await client.send(new ListQueuesCommand({ QueueNamePrefix }))
    return QueueUrls.map(url => url.slice(url.lastIndexOf('/') + 1))
  } finally {
    client.destroy()
  }
}

/**
 * Asks everything, side by side; what is not answered says why.
 *
 * @param names of the stage: its stacks, and what its queues begin with
 */
export const factsOf = async (names: {
  stack: string
  doors: string
  prefix: string
}): Promise<Facts> => {
  const [where, who, toolkit, hub, most, taken] = await Promise.all([
    answer(region()),
    answer(caller()),
    answer(liveStack('CDKToolkit')),
    answer(liveHub(names)),
    answer(concurrency()),
    answer(queues(`${names.prefix}-inbox-`)),
  ])
  return { region: where, caller: who, toolkit, hub, concurrency: most, queues: taken }
}
