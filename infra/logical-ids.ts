// Ids without a hash (`PostReferralRole`), so that a refusal that names a role, or a mail that names an alarm, can be
// read. CDK refuses a collision.
import type { CfnElement, Stack } from 'aws-cdk-lib'

/** What `allocateLogicalId` of a stack gives an element. */
export const plainId = (stack: Stack, element: CfnElement): string =>
  element.node.scopes
    .slice(stack.node.scopes.length)
    .map(({ node }) => node.id)
    .filter(part => part !== 'Resource' && part !== 'Default')
    .join('')
    .replaceAll(/[^A-Za-z0-9]/g, '')
