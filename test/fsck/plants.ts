// Every kind of contradiction, planted into a hub that has none: by hand, as a fault, a restore or a thief would.
import type { Row } from '../../functions/aws/dynamodb.ts'
import type { ViolationKind } from '../../texts/fsck.ts'
import { packedLeaf } from '../../functions/aws/access-log/kept-leaf.ts'
import { LogRow } from '../../functions/aws/access-log/pending.ts'
import type { DraftTools } from './draft.ts'
import type { storyOn } from './story.ts'

type Story = Awaited<ReturnType<typeof storyOn>>
export type Plant = (tools: DraftTools, story: Story) => void

const isEntry = ({ pk }: Row): boolean => String(pk).startsWith('entry#')
const leafOf = (row: Row): string => LogRow.parse(row).leaf
const telling =
  (text: string) =>
  (row: Row): boolean =>
    (isEntry(row) || String(row['pk']).startsWith('pending')) && leafOf(row).includes(text)

/** Each by its name: the kind, and what is more to be said of it. */
export const logPlants: Record<string, Plant> = {
  'log-unverified: a leaf reworded': ({ draft }) => {
    const row = draft.tables.AccessLog.find(telling('"referral.submit"'))
    Object.assign(row ?? {}, {
      leaf: packedLeaf(leafOf(row ?? {}).replace('"POST"', '"PUT"')),
    })
  },
  'log-unverified: a tile of other hashes': ({ change }) =>
    change('AccessLog', 'tile#0', { h0: new Uint8Array(32).fill(7) }),
  'log-unverified: a key twice in the directory': ({ put, row }) =>
    put('Directory', { ...row('Directory', 'key#'), institution: 'XXX' }),
  'log-unverified: signed by another key': ({ draft }) => {
    draft.logKey = new Uint8Array(32).fill(9)
  },
  'head-differs: another edge': ({ change }) => change('AccessLog', 'head', { edge: ['AAAA'] }),
  'head-differs: more is signed than there is': ({ row, change }) =>
    change('AccessLog', 'head', { signedSize: Number(row('AccessLog', 'head')['size']) + 1 }),
  'entry-gap: an entry taken out': ({ remove }) =>
    remove('AccessLog', row => isEntry(row) && row['index'] === 7),
  'entry-gap: an entry behind the end': ({ draft, put, row }) => {
    const last = structuredClone(draft.tables.AccessLog.find(isEntry)) as Row
    const index = Number(row('AccessLog', 'head')['size'])
    put('AccessLog', { ...last, index, sk: String(index).padStart(16, '0') })
  },
  'entry-twice: placed, and pending still': ({ draft, put }) => {
    const { index: _, ...placed } = structuredClone(draft.tables.AccessLog.find(isEntry)) as Row
    put('AccessLog', { ...placed, pk: 'pending', sk: placed['id'] })
  },
  'entry-row-differs: who acted': ({ draft }) =>
    void Object.assign(draft.tables.AccessLog.find(telling('"referral.read"')) ?? {}, {
      institution: 'XXX',
    }),
  'entry-pending: passed over': ({ draft }) => {
    const row = draft.tables.AccessLog.find(({ pk }) => String(pk).startsWith('pending'))
    const time = '2026-11-21T10:00:00.000Z'
    const leaf = leafOf(row ?? {}).replace(/"time":"[^"]+"/, `"time":"${time}"`)
    Object.assign(row ?? {}, { leaf: packedLeaf(leaf), time })
  },
  'cosigned-gap: the first one taken out': ({ remove }) =>
    remove('AccessLog', ({ pk }) => pk === 'cosigned#IGM'),
  'cosigned-gap: the newest taken out': ({ remove }) =>
    remove('AccessLog', ({ pk, sk }) => pk === 'cosigned' && sk === 'ALA'),
  'referral-lost: its row is gone': ({ remove }, { done }) =>
    remove('Referrals', ({ pk }) => pk === `referral#${done.referralId}`),
  'effect-lost: a row of before': ({ referral }, { done }) =>
    referral(done.referralId, row => {
      const { n } = row['chain'] as { n: number }
      return { chain: { n: n - 1, hash: '0'.repeat(64) } }
    }),
  'effect-unlogged: a row of later': ({ referral }, { done }) =>
    referral(done.referralId, row => {
      const { n } = row['chain'] as { n: number }
      return { chain: { n: n + 1, hash: '0'.repeat(64) } }
    }),
  'effect-unlogged: the same number, another entry': ({ referral }, { done }) =>
    referral(done.referralId, row => ({
      chain: { ...(row['chain'] as object), hash: '0'.repeat(64) },
    })),
  'effect-doubled: a request that acted twice': ({ draft, put }, { done }) => {
    const row = structuredClone(
      draft.tables.AccessLog.find(
        one => telling(done.referralId)(one) && telling('"referral.status"')(one),
      ),
    ) as Row
    put('AccessLog', { ...row, pk: 'pending', sk: 'again' })
  },
  'effect-doubled: one Idempotency-Key, two requests': ({ draft, put }, { done }) => {
    const row = structuredClone(
      draft.tables.AccessLog.find(
        one => telling(done.referralId)(one) && telling('"referral.submit"')(one),
      ),
    ) as Row
    const leaf = leafOf(row).replace(/("request":\{"id":")[^"]{8}/, '$100000000')
    put('AccessLog', { ...row, pk: 'pending', sk: 'again', leaf: packedLeaf(leaf) })
  },
  'chain-broken: an entry in the middle is gone': ({ remove }, { done }) =>
    remove('AccessLog', one => telling(done.referralId)(one) && telling('"chain":{"n":2,')(one)),
  'state-differs: a version without its history': ({ referral }, { done }) =>
    referral(done.referralId, row => ({ version: Number(row['version']) + 1 })),
  'milestones-differ: one more than was recorded': ({ referral }, { done }) =>
    referral(done.referralId, () => ({
      milestones: [
        { n: 1, milestone: 'enrolled', on: '2026-11-21', recordedAt: '2026-11-21T12:00:00.000Z' },
      ],
    })),
  'milestones-differ: one is not void any more': ({ referral }, { parent }) =>
    referral(parent.referralId, row => ({
      milestones: (row['milestones'] as Row[]).map(({ voidedAt: _, ...one }) => one),
    })),
  'release-unlogged: released, it says': ({ referral }, { last }) =>
    referral(last.referralId, () => ({ contentState: 'released' })),
  'answer-unlogged: of a request that nobody made': ({ change }) =>
    change('Requests', 'answer#', { requestId: '019a0000-0000-7000-8000-000000000000' }),
  'nonce-unlogged: of a request that nobody made': ({ change }) =>
    change('Requests', 'nonce#', { requestId: '019a0000-0000-7000-8000-000000000000' }),
  'clock-forgotten: nothing is due ever': ({ referral }, { waiting }) =>
    referral(waiting.referralId, () => ({ due: undefined, dueAt: undefined })),
  'counts-differ: one too many': ({ row, change }) =>
    change('AccessLog', 'counts#', { n: Number(row('AccessLog', 'counts#')['n']) + 1 }),
  'counts-differ: more counted than there is': ({ draft }) =>
    void Object.assign(draft.tables.AccessLog.find(({ pk }) => pk === 'counts') ?? {}, {
      size: 5000,
    }),
}

/** The kind that a plant is of. */
export const kindOf = (name: string): ViolationKind => name.split(':')[0] as ViolationKind
