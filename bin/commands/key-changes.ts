// hub keys list, propose, confirm, revoke: an institution's keys, which two persons make and one ends.
import type { Command } from 'commander'
import { keyProposal, type SignedProposal } from '../../client/institutions.ts'
import { hubKey, parsePrivateJwk } from '../../signatures/keys.ts'
import { HubError, HubUnreachable } from '../../client/refusal.ts'
import {
  type DirectoryKey,
  type KeyState,
  RevocationReason,
  Role,
} from '../../schemas/agreement.ts'
import { InstitutionCode, Post } from '../../schemas/ids.ts'
import { KeyProposal } from '../../schemas/institution.ts'
import { command } from '../command.ts'
import { irreversible } from '../confirm.ts'
import { connect, type ConnectOptions } from '../connect.ts'
import { readText } from '../input.ts'
import { jsonValue } from '../json-records.ts'
import { keyidOf, keyReference } from '../key-reference.ts'
import { keyEventLabels, keyStateLabels, revocationReasonLabels } from '../../texts/labels.ts'
import { roleLabels } from '../../texts/referral.ts'
import { momentInWords } from '../../texts/dates.ts'
import { wallClock, type Terminal } from '../terminal.ts'
import { instant, matching, oneOf, someOf, UsageError } from '../usage.ts'

type Terms = { roles?: Role[]; post?: string; from?: string; until?: string }

/** @param keys `hub keys`, whose subcommands these become */
export function addKeyChanges(program: Command, keys: Command, terminal: Terminal) {
  const { say, language } = terminal
  const roles = someOf(Role.options, roleLabels, language)
  const reasons = oneOf(RevocationReason.options, revocationReasonLabels, language)
  const reach = (usual: string) => connect(program.opts<ConnectOptions>(), usual, terminal)
  const aboutKeys = (name: 'list' | 'propose' | 'confirm' | 'revoke', institution: string) =>
    command(keys, name, say(`keys.${name}`)).argument(
      institution,
      say('keys.institution'),
      matching(InstitutionCode),
    )
  // An option: one keyid in 64 begins with a dash, which an argument must not.
  const aboutKey = (name: 'confirm' | 'revoke') =>
    aboutKeys(name, '<institution>').requiredOption(
      '--keyid <keyid>',
      say('keys.keyid'),
      keyReference,
    )
  /** The key that is meant, by its keyid or another name for it, and the client of who asks. */
  const meant = async (institution: string, text: string, usable: KeyState[]) => {
    const { client, names } = await reach('igm-liaison')
    const keyid = await keyidOf({ client, names }, institution, { text, usable })
    if (keyid !== text) terminal.note(say('keys.meant', { keyid }))
    return { client, names, keyid }
  }

  aboutKeys('list', '[institution]').action(async (institution?: string) => {
    const { client, names } = await reach('igm-liaison')
    if (institution === undefined) {
      const { items } = (await client.listInstitutions({ limit: 200 })).body
      if (terminal.json) for (const item of items) terminal.record(item)
      else
        terminal.table(
          [say('fact.institution'), say('fact.name')],
          items.map(item => [item.institution, item.name]),
        )
      return
    }
    const { items } = (await client.getKeys(institution)).body
    for (const key of items) show(key, names, terminal)
  })

  aboutKeys('propose', '<institution>')
    .argument('<file>', say('keys.file'))
    .option('--roles <roles>', say('keys.roles'), roles)
    .option('--post <code>', say('keys.post'), matching(Post))
    .option('--from <time>', say('keys.from'), instant('start'))
    .option('--until <time>', say('keys.until'), instant('end'))
    .option('--prove-only', say('keys.prove-only'))
    .action(async (institution: string, file: string, options: Terms & { proveOnly?: true }) => {
      const { client, names, authority } = await reach('igm-liaison')
      // Asked first, answered or not: a proof states a time, and a local hub may have been started on another day.
      await client.listInstitutions({ limit: 1 }).catch(unanswered)
      const about = { institution, authority, now: client.hubTime() }
      const proposal = await proposalIn(file, options, {
        ...about,
        reading: terminal.reading,
      })
      if (options.proveOnly) return terminal.record(proposal)
      const { body: key } = await client.proposeKey(institution, proposal)
      show(key, names, terminal)
      const { keyid, validUntil: until } = key
      const told = { institution, keyid, roles: key.roles.join(','), until }
      terminal.note(say('keys.proposed', told))
    })

  const confirm = aboutKey('confirm')
    .requiredOption('--roles <roles>', say('keys.roles'), roles)
    .requiredOption('--until <time>', say('keys.until'), instant('end'))
  const sureToConfirm = irreversible(confirm, terminal)
  confirm.action(
    async (institution: string, { keyid: text, ...terms }: Required<Terms> & { keyid: string }) => {
      const { client, names, keyid } = await meant(institution, text, ['proposed'])
      const effect = {
        keyid,
        institution,
        roles: terms.roles.map(role => roleLabels[role][terminal.language]).join(', '),
        until: momentInWords(terms.until, terminal.language),
      }
      await sureToConfirm({
        effect: say('keys.confirm.warning', effect),
        question: 'keys.confirm.question',
        left: 'keys.confirm.left',
      })
      const confirmation = { roles: terms.roles, validUntil: terms.until }
      show((await client.confirmKey(institution, keyid, confirmation)).body, names, terminal)
    },
  )

  const revoke = aboutKey('revoke')
    .requiredOption('--reason <code>', say('keys.reason'), reasons)
    .option('--at <time>', say('keys.at'), instant('start'))
  const sureToRevoke = irreversible(revoke, terminal)
  revoke.action(
    async (
      institution: string,
      { keyid: text, reason, at }: { keyid: string; reason: RevocationReason; at?: string },
    ) => {
      const { client, names, keyid } = await meant(institution, text, ['proposed', 'active'])
      const { items } = (await client.getKeys(institution)).body
      await sureToRevoke({
        effect: revocationOf({ keyid, institution, name: names.get(keyid) }, items, terminal),
        question: 'keys.revoke.question',
        left: 'keys.revoke.left',
      })
      const revocation = { reason, ...(at === undefined ? {} : { effectiveAt: at }) }
      show((await client.revokeKey(institution, keyid, revocation)).body, names, terminal)
    },
  )
}

/**
 * What a revocation ends: the key by its name, post and roles, and what the institution can no longer do without it.
 */
function revocationOf(
  { keyid, institution, name }: { keyid: string; institution: string; name: string | undefined },
  items: readonly DirectoryKey[],
  { say, language }: Terminal,
): string {
  const key = items.find(one => one.keyid === keyid)
  const live = items.filter(({ state }) => (state ?? 'active') === 'active')
  const roles = key?.roles ?? []
  const labelled = (some: readonly Role[]) =>
    some.map(role => roleLabels[role][language]).join(', ')
  const called = [name, key?.post, labelled(roles)].filter(one => one !== undefined && one !== '')
  const alone = live.some(one => one.keyid === keyid)
    ? roles.filter(role => !live.some(one => one.keyid !== keyid && one.roles.includes(role)))
    : []
  return [
    say('keys.revoke.warning', { keyid, institution, called: called.join(' · ') || '–' }),
    ...alone.map(role => say('keys.revoke.last', { institution, role: labelled([role]) })),
    ...(alone.includes('referrer') ? [say('keys.revoke.last-sends', { institution })] : []),
    ...(alone.includes('recipient') ? [say('keys.revoke.last-receives', { institution })] : []),
  ].join(' ')
}

/** Whoever holds a new key need not be known to the hub, nor be able to reach it. */
function unanswered(error: unknown): void {
  if (!(error instanceof HubError || error instanceof HubUnreachable)) throw error
}

/**
 * A proposal out of a new private key, which proves itself here; or one that its holder has signed elsewhere, as it is.
 */
async function proposalIn(
  file: string,
  { roles, post, from, until }: Terms,
  { reading, ...about }: Parameters<typeof keyProposal>[2] & Pick<Terminal, 'reading'>,
): Promise<SignedProposal> {
  const value = jsonValue(await readText(file, reading))
  const signed = KeyProposal.safeParse(value)
  const stated = roles !== undefined && until !== undefined
  if (signed.success ? (roles ?? post ?? from ?? until) !== undefined : !stated)
    throw new UsageError('usage.proposal-terms')
  if (signed.success) return value as SignedProposal
  try {
    const key = await hubKey(parsePrivateJwk(value))
    const terms = {
      roles: roles ?? [],
      ...(post === undefined ? {} : { post }),
      ...(from === undefined ? {} : { validFrom: from }),
      validUntil: until ?? '',
    }
    return await keyProposal(key, terms, about)
  } catch {
    throw new UsageError('usage.unreadable-key')
  }
}

function show(key: DirectoryKey, names: ReadonlyMap<string, string>, terminal: Terminal) {
  if (terminal.json) return terminal.record(key)
  const { say, language, line, bold } = terminal
  const nameOf = (by: string) => (by === 'deployment' ? '' : (names.get(by) ?? by))
  line(bold(key.keyid))
  const { revokedAt, invalidityDate } = key
  const facts: [string, string][] = [
    [say('fact.institution'), key.institution],
    [say('fact.state'), keyStateLabels[key.state ?? 'active'][language]],
    [say('fact.roles'), key.roles.map(role => roleLabels[role][language]).join(', ')],
    ...(key.post ? [[say('fact.post'), key.post] as [string, string]] : []),
    [say('fact.valid-from'), wallClock(key.validFrom)],
    [say('fact.valid-until'), wallClock(key.validUntil)],
    ...(revokedAt ? [[say('fact.revoked-at'), wallClock(revokedAt)] as [string, string]] : []),
    ...(invalidityDate ? [[say('fact.doubt'), wallClock(invalidityDate)] as [string, string]] : []),
  ]
  for (const event of key.history ?? []) {
    const what = `${keyEventLabels[event.event][language]} ${nameOf(event.by)}`.trimEnd()
    const why =
      event.event === 'revoked'
        ? ` · ${revocationReasonLabels[event.revocationReason][language]}`
        : ''
    facts.push([wallClock(event.at), `${what}${why}`])
  }
  terminal.facts(facts)
}
