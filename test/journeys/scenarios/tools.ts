// What the scenarios of permitted.used.long.test.ts are made of: calls through the front door, and looks at what they
// left behind.
import { DynamoDBClient, GetItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb'
import { GetQueueAttributesCommand, SQSClient } from '@aws-sdk/client-sqs'
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb'
import { expect } from 'vitest'
import type { Hub } from '../../../infra/local/hub.ts'
import type { HubPlace, Who } from '../callers.ts'
import { type RawAnswer, idempotencyKey, raw } from '../signed-requests.ts'
import { stagesOf } from '../stages.ts'

export type Place = HubPlace & { hub: Hub }

/** Answered well, and with how far the log is signed. */
export const well = (answer: RawAnswer): RawAnswer => {
  expect([answer.status, answer.json.code]).toEqual([
    answer.status < 300 ? answer.status : 200,
    undefined,
  ])
  expect(answer.headers.get('access-log-size')).toMatch(/^\d+$/)
  return answer
}
export const pulledOf = ({ json }: RawAnswer) =>
  json.messages as { handle: string; payload?: object; event: { subject: string } }[]

export const scenarioTools = async (place: Place) => {
  const { hub } = place
  const { igm, ala, ...stage } = await stagesOf(place)
  const dynamodb = new DynamoDBClient(hub.aws)
  const sqs = new SQSClient(hub.aws)
  let n = 0
  const next = () => (n++ % 200) + 1

  const get = (who: Who, path: string, query = '') => raw(place, who, { path, query })
  const post = (who: Who, path: string, body: object, headers: Record<string, string> = {}) =>
    raw(place, who, {
      path,
      body: JSON.stringify(body),
      headers: { 'idempotency-key': idempotencyKey(), ...headers },
    })
  /** A write, and the same again, which gets the first answer. */
  const twice = async (
    who: Who,
    path: string,
    body: object,
    headers: Record<string, string> = {},
  ) => {
    const same = { 'idempotency-key': idempotencyKey(), ...headers }
    const first = well(await post(who, path, body, same))
    const again = well(await post(who, path, body, same))
    expect(again.headers.get('idempotency-replayed')).toBe('true')
    return first
  }
  /** How many messages a queue has, leased ones too. */
  const messagesOf = async (inbox: string): Promise<number> => {
    const { Attributes = {} } = await sqs.send(
      new GetQueueAttributesCommand({
        QueueUrl: hub.nameOf(`Inbox${inbox}`),
        AttributeNames: ['ApproximateNumberOfMessages', 'ApproximateNumberOfMessagesNotVisible'],
      }),
    )
    return Object.values(Attributes).reduce((sum, count) => sum + Number(count), 0)
  }
  /** What an effect owes somebody's inbox is sent by itself: no work of the clock has to. */
  const sent = async <T>(
    inbox: 'IGM' | 'ALA' | 'OIM',
    count: number,
    work: () => Promise<T>,
  ): Promise<T> => {
    const before = await messagesOf(inbox)
    const done = await work()
    expect((await messagesOf(inbox)) - before).toBe(count)
    return done
  }
  const rowOf = async (table: string, key: Record<string, unknown>) => {
    const { Item } = await dynamodb.send(
      new GetItemCommand({ TableName: hub.nameOf(table), Key: marshall(key) }),
    )
    return Item && unmarshall(Item)
  }
  const put = (table: string, row: Record<string, unknown>) =>
    dynamodb.send(
      new PutItemCommand({
        TableName: hub.nameOf(table),
        Item: marshall(row),
      }),
    )
  const pull = (body: object) =>
    raw(place, 'ala-system', { path: '/v1/inbox/pull', body: JSON.stringify(body) })
  /** Takes everything off ALA's queue. */
  const drained = async () => {
    for (let left = 1; left > 0;) {
      const messages = pulledOf(await pull({ max: 10, waitSeconds: 0 }))
      if (messages.length > 0) await ala.ack(messages.map(({ handle }) => handle))
      left = messages.length
    }
  }

  /** A referral's person as another referral of theirs has left them: what is usual was guessed wrong. */
  const personOf = async (referralId: string, change: object) => {
    const referral = await rowOf('Referrals', { pk: `referral#${referralId}` })
    const { person: pk } = (referral?.['counted'] ?? {}) as { person?: string }
    const { revision, reached, ...row } = (await rowOf('Progress', { pk })) ?? {}
    const more = { reached: { ...(reached as object), ...change } }
    await put('Progress', {
      ...row,
      ...('referrals' in change ? change : more),
      revision: revision + 1,
    })
    return referral
  }

  return {
    place,
    hub,
    igm,
    ala,
    stage,
    sqs,
    next,
    get,
    post,
    twice,
    sent,
    rowOf,
    put,
    pull,
    drained,
    personOf,
    stop: () => {
      dynamodb.destroy()
      sqs.destroy()
    },
  }
}

export type Tools = Awaited<ReturnType<typeof scenarioTools>>

/** Calls that are refused although their statement stands, while a scenario needs a thing to fail. */
export type Refusing = { role: string; action: string }
export type Refuse = (what?: Refusing) => void
