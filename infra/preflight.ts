// npm run preflight: whether a stage can be deployed into the account of whoever asks, and what to do first. Touches
// nothing. Exit codes: 0 it can · 1 something is to be mended first · 2 wrong usage · 3 something could not be checked.
import { parseArgs } from 'node:util'
import { type Answer, type Facts, factsOf } from './account/facts.ts'
import { hubApp } from './app.ts'
import { institutions } from './declared.ts'
import { readDeployed } from './deployed.ts'
import { planFor } from './deploying.ts'
import { StageError, type Stage, namesOf, placeholdersIn } from './stage.ts'
import { ending, forStage, stageOptions } from './synth.ts'

const usage = `npm run preflight -- --stage NAME

Says whether the stage of infra/stages/NAME.json can be deployed with your AWS credentials, and what to do first: its
settings, credentials, region, bootstrap, quotas, names that are taken. It changes nothing, in no account.

  --rename-from, --authority-from   as for npm run deploy
  -h, --help                        this

Exit codes: 0 it can, 1 something is to be mended first, 2 wrong usage, 3 something could not be checked, and nothing
that could is to be mended.`

export type Finding = {
  readonly about: string
  /** `unknown`: it could not be checked. */
  readonly is: 'good' | 'bad' | 'unknown'
  /** What is so; where it is bad, what to do; where it is unknown, why. */
  readonly says: string
}

/** What CDK's templates need of the bootstrap (`requiresBootstrapStackVersion` of the stack's manifest). */
const bootstrapVersion = 6
/** Schedules, and as many requests at once as a small hub has, beside a pull of each institution that waits. */
const beside = 20

const good = (about: string, says: string): Finding => ({ about, is: 'good', says })
const bad = (about: string, says: string): Finding => ({ about, is: 'bad', says })

/** A finding about an answer; without one, that it could not be checked. */
const about = <T>(what: string, answer: Answer<T>, judge: (is: T) => Finding): Finding =>
  'is' in answer ? judge(answer.is) : { about: what, is: 'unknown', says: answer.unknown }

const settingsFinding = (stage: Stage): Finding => {
  const examples = placeholdersIn(stage)
  if (examples.length > 0) return bad('settings', examples.join('\n'))
  const { emails, slack } = stage.settings.alarms
  return emails.length > 0 || slack
    ? good('settings', `infra/stages/${stage.stage}.json`)
    : bad(
        'settings',
        `infra/stages/${stage.stage}.json /alarms/emails: nobody would hear of alarms; put an address`,
      )
}

const stackFinding = (
  stage: Stage,
  facts: Facts,
  flags: { renameFrom?: string | undefined; authorityFrom?: string | undefined },
): Finding =>
  about('what is live', facts.hub, found => {
    try {
      const { deployed } = planFor(stage, found, readDeployed(stage.stage))
      hubApp({ stage, deployed, watched: false, ...flags })
      return good(
        'what is live',
        deployed ? `the hub ${deployed.name}, which would be changed` : 'nothing: it would be made',
      )
    } catch (error) {
      if (!(error instanceof StageError)) throw error
      return bad('what is live', error.message)
    }
  })

/** What has to be so before a deployment, judged by what the account says. */
export const findingsOf = (
  stage: Stage,
  facts: Facts,
  flags: { renameFrom?: string | undefined; authorityFrom?: string | undefined } = {},
): Finding[] => {
  const account = 'is' in facts.caller ? facts.caller.is.account : 'ACCOUNT'
  const region = 'is' in facts.region ? facts.region.is : 'REGION'
  const bootstrap = `npx cdk bootstrap aws://${account}/${region}`
  const needed = institutions().length + beside
  const { stack, prefix } = namesOf(stage.stage)
  const first = 'is' in facts.hub && facts.hub.is.data === undefined
  return [
    settingsFinding(stage),
    about('region', facts.region, is => good('region', is)),
    about('credentials', facts.caller, ({ arn }) =>
      good('credentials', `account ${account}, ${arn}`),
    ),
    about('bootstrap', facts.toolkit, toolkit => {
      const version = Number(toolkit?.outputs['BootstrapVersion'] ?? 0)
      if (!toolkit) return bad('bootstrap', `there is none in ${region}: ${bootstrap}`)
      return version >= bootstrapVersion
        ? good('bootstrap', `version ${version}`)
        : bad(
            'bootstrap',
            `version ${version} is too old, ${bootstrapVersion} is needed: ${bootstrap}`,
          )
    }),
    about('concurrency', facts.concurrency, is =>
      is >= needed
        ? good('concurrency', `${is} functions at once`)
        : bad(
            'concurrency',
            `the account runs ${is} functions at once, and ${needed} are needed (a pull that waits takes one, for each ` +
              'institution): aws service-quotas request-service-quota-increase --service-code lambda --quota-code ' +
              'L-B99A9384 --desired-value 1000, which takes a day or two',
          ),
    ),
    about('names', facts.queues, taken =>
      first && taken.length > 0
        ? bad(
            'names',
            `there is no stack ${stack}, and queues of its names are there (${taken.slice(0, 3).join(', ')}): a hub was deleted ` +
              'and its queues were kept. Look what waits in them, then delete them (docs/deploy.md#taking-it-down), or ' +
              'give the stage another name',
          )
        : good('names', first ? `none begins with ${prefix}-inbox-` : 'its own'),
    ),
    stackFinding(stage, facts, flags),
  ]
}

/** 1 where something is bad; else 3 where something is unknown. */
export const exitOf = (findings: readonly Finding[]): number =>
  findings.some(({ is }) => is === 'bad') ? 1 : findings.some(({ is }) => is === 'unknown') ? 3 : 0

const marks = { good: 'ok  ', bad: 'MEND', unknown: '?   ' } as const

/** A line for each finding, further lines of one under its first. */
export const shown = (findings: readonly Finding[]): string => {
  const lines = findings.map(({ about: what, is, says }) => {
    const head = `${marks[is]}  ${what.padEnd(13)}`
    const text = is === 'unknown' ? `could not be checked: ${says}` : says
    return head + text.replaceAll('\n', `\n${' '.repeat(head.length)}`)
  })
  const unchecked = findings.filter(({ is }) => is === 'unknown').map(({ about: what }) => what)
  const also =
    'Not asked: whether CloudTrail has a trail (aws cloudtrail describe-trails), and Service Quotas of KMS and API Gateway.'
  return [
    ...lines,
    '',
    ...(unchecked.length > 0
      ? [
          `Not checked, for lack of an answer: ${unchecked.join(', ')}. Give credentials and a region, and ask again.`,
        ]
      : []),
    also,
  ].join('\n')
}

const preflight = async (args: string[]): Promise<number> => {
  const { values } = parseArgs({ args, options: stageOptions })
  return forStage(values, usage, async (stage, flags) => {
    const findings = findingsOf(stage, await factsOf(namesOf(stage.stage)), flags)
    console.log(shown(findings))
    return exitOf(findings)
  })
}

if (import.meta.main) await ending(usage, () => preflight(process.argv.slice(2)))
