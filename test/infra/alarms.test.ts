// Who hears when something does not run, or fails; and whoever is woken finds what to do.
import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { institutions } from '../../infra/declared.ts'
import { hubFunctions } from '../../infra/functions.ts'
import { pascal } from '../../infra/capabilities.ts'
import { deployedFunctions, hubTemplate, ofType, references, resolved } from './template.ts'

test('somebody hears of parked messages, failing functions, silent schedules, failing answers and forgeries', () => {
  const alarms = ofType('AWS::CloudWatch::Alarm').map(([id, { Properties }]) => {
    expect(String(Properties['AlarmDescription']).length, id).toBeGreaterThan(20)
    const namespace = () => resolved(Properties['Namespace'], () => 'https://own.host')
    const [watched = namespace()] = references(Properties['Dimensions'])
    return [
      `${String(Properties['MetricName'])} of ${String(watched)}`,
      `${String(Properties['ComparisonOperator'])} ${String(Properties['Threshold'])}, silence ${String(Properties['TreatMissingData'])}`,
    ]
  })
  const more = 'GreaterThanThreshold 0, silence notBreaching'
  const fewer = 'LessThanThreshold 1, silence breaching'
  expect(Object.fromEntries(alarms)).toEqual({
    ...Object.fromEntries(
      institutions().map(({ code }) => [
        `ApproximateNumberOfMessagesVisible of Parked${code}`,
        more,
      ]),
    ),
    ...Object.fromEntries(deployedFunctions().map(({ id }) => [`Errors of ${id}`, more])),
    'Invocations of RelayOutbox': fewer,
    'Invocations of RunDueWork': fewer,
    'Invocations of SequenceAccessLog': fewer,
    '5xx of Api': more,
    'CheckpointForks of ReferralHub/own.host': more,
    // All of them, whatever their code: the metric without dimensions of functions/aws/runtime.ts.
    'SignatureFailures of ReferralHub/own.host': 'GreaterThanThreshold 100, silence notBreaching',
  })
})

test('every alarm of the template has its line in docs/operations.md, and every line its alarm', () => {
  const text = readFileSync(new URL('../../docs/operations.md', import.meta.url), 'utf8')
  const lines = [...text.matchAll(/^\| `([A-Za-z<>]+Alarm)` \|/gm)].map(([, id = '']) => id)
  const functions = hubFunctions.map(({ name }) => pascal(name)).join('|')
  const patterns = lines.map(
    id =>
      new RegExp(`^${id.replace('<CODE>', '[A-Z]{3}').replace('<Function>', `(${functions})`)}$`),
  )
  const { Resources } = hubTemplate
  const alarms = Object.entries(Resources)
    .filter(([, { Type }]) => Type === 'AWS::CloudWatch::Alarm')
    .map(([id]) => id.replace(/[0-9A-F]{8}$/, ''))
  expect(alarms.length).toBeGreaterThan(25)
  expect(alarms.filter(id => !patterns.some(pattern => pattern.test(id)))).toEqual([])
  expect(lines.filter((_, i) => !alarms.some(id => patterns[i]?.test(id)))).toEqual([])
})
