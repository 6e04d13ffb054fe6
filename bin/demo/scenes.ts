// The scenes of one referral, in their order: commands as their users type them, and what each must end with.
import { writeFile } from 'node:fs/promises'
import type { ReferralHeader } from '../../schemas/referral.ts'
import { changedOnItsWay, changeOneWord, searched, sentAgain } from './attacks.ts'
import type { DemoHub } from './hub.ts'
import { secrets, twoPeople } from './people.ts'
import type { Stage } from './stage.ts'

/** A file that `hub refer` reads. */
export const write = (name: string, values: readonly unknown[]) =>
  writeFile(name, values.map(value => JSON.stringify(value)).join('\n'))

export function scenes(hub: DemoHub, stage: Stage): (() => Promise<unknown>)[] {
  const { tell, run, check } = stage
  const people = twoPeople(hub.now())
  let first: ReferralHeader
  const open = (purpose = 'training-referral') => `open ${first.folio} --purpose ${purpose}`

  const refer = async () => {
    tell('refer')
    await write('people.jsonl', people)
    await run('refer people.jsonl', { says: /REF-.*\n.*REF-/, lines: 6 }, 'refer.done')
    for await (const header of hub.as('igm-system').everyReferral({ direction: 'sent' }))
      first = header
    tell('deliver')
    await run('pull --max 1', { says: /REF-.*(?:entrega|delivery) 1/, lines: 3 }, 'deliver.done')
  }

  const opened = async () => {
    tell('open')
    const shown = await run(
      open(),
      { says: /(?:retenido|withheld) +contact/, lines: 7 },
      'open.done',
    )
    const index = /\b(?:entrada|entry) (\d+)/.exec(shown)?.[1] ?? ''
    await writeFile('log-key', (await hub.as('igm-compliance').logKey()).body)
    await hub.sequence()
    const proof = { says: /opening\.json/, lines: 1 }
    await run(`log prove ${index} --out opening.json`, proof, 'prove.done')
    const held = { says: new RegExp(`(?:entrada|Entry) ${index} `), lines: 1 }
    await run('log check-proof opening.json --vkey log-key', held, 'proof.done')
  }

  const refused = async () => {
    tell('refuse')
    const purpose = { code: 1, says: /consent-missing-purpose/ }
    await run(open('psychosocial-support'), purpose, 'refuse.purpose')
    const stranger = `show ${first.referralId} --as stranger`
    await run(stranger, { code: 1, says: /forbidden/ }, 'refuse.stranger')
    const narrow = { ...people[0], externalId: 'DEMO-3', consent: feedbackOnly(people[0]) }
    await write('narrow.jsonl', [narrow])
    await run('refer narrow.jsonl', purpose, 'refuse.consent')
    const changed = await changedOnItsWay(hub, { ...people[0], externalId: 'DEMO-4' })
    check(changed === 'digest-mismatch', 'refuse.changed', { code: changed })
    const again = await sentAgain(hub)
    check(again === 'nonce-reused', 'refuse.again', { code: again })
  }

  const withdrawn = async () => {
    tell('withdraw')
    const { folio } = first
    const by = '--requested-by self --method in-person'
    const done = { says: /hub certificate/, lines: -4 }
    await run(`withdraw ${folio} ${by} --yes`, done, 'withdraw.done')
    await run(open(), { code: 1, says: /content-shredded/ }, 'withdraw.shut')
    await run(
      `confirm-deletion ${folio} --yes`,
      { says: /confirmada|confirmed/, lines: -1 },
      'withdraw.confirmed',
    )
    tell('certify')
    await run(`certificate ${folio}`, { says: /SHA-256 [0-9a-f]{64}/, lines: 13 }, 'certify.done')
  }

  const verified = async () => {
    tell('verify')
    await hub.sequence()
    await run('log export log', { says: /log-keys/, lines: 4 }, 'verify.taken')
    const verify = 'log verify log --vkey log-key'
    await run(verify, { says: /íntegra|intact/, lines: 3 }, 'verify.holds')
    tell('tamper')
    await changeOneWord('log')
    await run(verify, { code: 1, says: /leaf-hash/, lines: 3 }, 'tamper.found')
  }

  const stolen = async () => {
    tell('steal')
    // The folio shows that the search can find: it is meant to be there.
    const { files, found } = await searched('.hub', [first.folio, ...secrets])
    const spoken = secrets.filter(secret => (hub.said() + stage.printed).includes(secret))
    check(found.join() === first.folio && spoken.length === 0, 'steal.nothing', { files })
  }

  return [refer, opened, refused, withdrawn, verified, stolen]
}

/** The consent of a person who agreed to hear how it went, and to no training. */
const feedbackOnly = (person: Record<string, unknown> = {}): object => ({
  ...(person['consent'] as object),
  purposes: [{ purpose: 'status-feedback', recipient: 'IGM', dataCategories: ['trainingProfile'] }],
})
