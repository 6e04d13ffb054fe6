// What a deployment would do to a stack as it is, and whether it may. Pure: what is there is an argument.
import type { Live } from './account/stack.ts'
import { Deployed } from './deployed.ts'
import { StageError, namesOf } from './stage.ts'

export type Plan = {
  /** The hub that is live, whose name and authority stay. */
  readonly deployed: Deployed | undefined
  /**
   * One deployment after the other. What is made for the first time is made without protection: a creation that fails
   * can then be taken back, and tried again.
   */
  readonly passes: readonly { readonly kept: boolean }[]
}

/** Nothing of it ever worked: CloudFormation and the CLI delete it before they make it again. */
const neverThere = new Set([
  'REVIEW_IN_PROGRESS',
  'ROLLBACK_COMPLETE',
  'ROLLBACK_FAILED',
  'CREATE_FAILED',
])

/**
 * @param remembered what this checkout has deployed as this stage
 * @throws StageError where the stack is at work, or is not the one that this checkout knows
 */
export const planFor = (
  stage: string,
  found: Live | undefined,
  remembered: Deployed | undefined,
): Plan => {
  const { stack } = namesOf(stage)
  const file = `infra/deployed/${stage}.json`
  if (!found || neverThere.has(found.status)) {
    if (remembered)
      throw new StageError(
        `${file} says that the hub ${remembered.name} is deployed, and here is no stack ${stack}: are these the credentials and ` +
          `the region of that hub? If it is gone and this is to be a new one, delete the file`,
      )
    return { deployed: undefined, passes: [{ kept: false }, { kept: true }] }
  }
  if (found.status.endsWith('_IN_PROGRESS') || found.status.endsWith('_FAILED'))
    throw new StageError(
      found.status.endsWith('_FAILED')
        ? `The stack ${stack} is ${found.status}: docs/operations.md#a-deployment-that-failed says how it goes on`
        : `The stack ${stack} is ${found.status}: somebody deploys it now. Wait until it is done, then deploy again`,
    )
  const { HubName: name, Authority: authority } = found.outputs
  const live = Deployed.safeParse({ name, authority })
  if (!live.success)
    throw new StageError(
      `The stack ${stack} is there and has no outputs HubName and Authority: it is of a version before 0.2.0, or no hub. ` +
        `Is it yours? Then write them to ${file}: {"name": …, "authority": …} (docs/deploy.md)`,
    )
  if (remembered && remembered.name !== live.data.name)
    throw new StageError(
      `The stack ${stack} is the hub ${live.data.name}, and ${file} knows ${remembered.name}: these are the credentials or the ` +
        `region of another hub`,
    )
  return { deployed: live.data, passes: [{ kept: true }] }
}
