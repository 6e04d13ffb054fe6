// The template against CloudFormation's schemas and AWS Solutions' rules. CDK itself only warns of some findings.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { CfnResource } from 'aws-cdk-lib'
import { AttributeType, Table } from 'aws-cdk-lib/aws-dynamodb'
import { Queue } from 'aws-cdk-lib/aws-sqs'
import * as z from 'zod'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { hubApp } from '../../infra/app.ts'
import { addChecks } from '../../infra/checks.ts'
import type { DataStack } from '../../infra/data-stack.ts'

const Report = z.object({
  pluginReports: z.array(
    z.object({
      violations: z.array(
        z.object({
          ruleName: z.string(),
          violatingConstructs: z.array(z.object({ constructPath: z.string() })),
        }),
      ),
    }),
  ),
})

let outdir = ''
beforeEach(() => {
  outdir = mkdtempSync(join(tmpdir(), 'hub-checks-'))
  // The findings of the second test are no news.
  vi.spyOn(console, 'error').mockImplementation(() => {})
})
afterEach(() => {
  vi.restoreAllMocks()
  rmSync(outdir, { recursive: true })
})

/** Rule and construct of each finding without an acknowledgement, after `change`. */
const findings = (change: (stack: DataStack) => unknown = () => {}) => {
  const { app, data } = hubApp({ outdir })
  change(data)
  addChecks(app)
  try {
    app.synth()
  } catch {
    // It throws for what it calls errors; the report has these and the warnings.
  }
  const report = Report.parse(
    JSON.parse(readFileSync(join(outdir, 'validation-report.json'), 'utf8')) as unknown,
  )
  return report.pluginReports
    .flatMap(({ violations }) => violations)
    .flatMap(({ ruleName, violatingConstructs }) =>
      violatingConstructs.map(({ constructPath }) => `${ruleName} ${constructPath}`),
    )
}

test('the template has no finding that nobody answered', { timeout: 60_000 }, () => {
  expect(findings()).toEqual([])
})

test(
  'a queue without dead letters, a table without backup and a wrong property are found',
  { timeout: 60_000 },
  () => {
    const found = findings(stack => [
      new Queue(stack, 'NoDeadLetters'),
      new Table(stack, 'NoBackup', { partitionKey: { name: 'pk', type: AttributeType.STRING } }),
      new CfnResource(stack, 'Wrong', {
        type: 'AWS::SQS::QueuePolicy',
        properties: { PolicyDocument: {}, Queues: ['q'], Nonsense: true },
      }),
    ])
    expect(found).toContain('AwsSolutions-SQS3 ReferralHub/NoDeadLetters/Resource')
    expect(found).toContain('AwsSolutions-DDB3 ReferralHub/NoBackup/Resource')
    expect(found.some(one => one.endsWith(' ReferralHub/Wrong'))).toBe(true)
  },
)
