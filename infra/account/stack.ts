// What an account has of a stage: asked of CloudFormation, with the credentials of whoever deploys.
import { CloudFormationClient, DescribeStacksCommand } from '@aws-sdk/client-cloudformation'

/** A stack as it is, with its outputs. */
export type Live = { readonly status: string; readonly outputs: Readonly<Record<string, string>> }

/** The stack of that name, if there is one. Throws the SDK's errors. */
export const liveStack = async (StackName: string): Promise<Live | undefined> => {
  const client = new CloudFormationClient()
  try {
    const { Stacks = [] } = await client.send(new DescribeStacksCommand({ StackName }))
    const [stack] = Stacks
    if (!stack) return undefined
    const outputs = (stack.Outputs ?? []).map(
      ({ OutputKey = '', OutputValue = '' }) => [OutputKey, OutputValue] as const,
    )
    return { status: stack.StackStatus ?? '', outputs: Object.fromEntries(outputs) }
  } catch (error) {
    // CloudFormation's way of saying that there is none; a missing permission has another name.
    if (
      error instanceof Error &&
      error.name === 'ValidationError' &&
      /does not exist/.test(error.message)
    )
      return undefined
    throw error
  } finally {
    client.destroy()
  }
}

/** The stacks of a hub, as far as they are there: what it keeps, and what works on it. */
export type LiveHub = { readonly data: Live | undefined; readonly doors: Live | undefined }

export const liveHub = async (names: { stack: string; doors: string }): Promise<LiveHub> => {
  const [data, doors] = await Promise.all([liveStack(names.stack), liveStack(names.doors)])
  return { data, doors }
}
