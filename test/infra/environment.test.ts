// What each function is told: the environment as deployed.
import { expect, test } from 'vitest'
import { hubApp } from '../../infra/app.ts'
import { institutions } from '../../infra/declared.ts'
import { hubFunctions } from '../../infra/functions.ts'
import {
  deployedFunction,
  deployedFunctions,
  hubTemplate,
  references,
  resolved,
  templateOf,
} from './template.ts'

const queueUrl = (code: string) => `https://sqs.example/1/referral-hub-inbox-${code}.fifo`

test('a function’s environment names what its role may use, and nothing else', () => {
  for (const { name, id, statements, environment } of deployedFunctions()) {
    const used = new Set(statements.flatMap(({ Resource }) => references(Resource)))
    // All of them answer, send or sign something that is named after the hub.
    const variables: Record<string, unknown> = { HUB_NAME: environment['HUB_NAME'] }
    for (const resource of used) {
      const words = resource.replaceAll(/(?<=[a-z])(?=[A-Z])/g, '_').toUpperCase()
      const type = hubTemplate.Resources[resource]?.Type
      if (type === 'AWS::DynamoDB::Table') variables[`TABLE_${words}`] = { Ref: resource }
      else if (type === 'AWS::KMS::Key' && resource !== 'StorageKey')
        variables[`KEY_${words.replace(/_KEY$/, '')}`] = { 'Fn::GetAtt': [resource, 'Arn'] }
      else expect([`${id}Logs`, 'StorageKey']).toContain(resource)
    }
    if (statements.some(({ Sid = '' }) => ['Inboxes', 'FirstInbox'].includes(Sid)))
      variables['INBOX_URL_PREFIX'] = environment['INBOX_URL_PREFIX']
    // Whoever keeps nonces verifies signatures, counts the requests of a key, and answers with the log's size.
    const verifies = used.has('Requests') && name !== 'get-health'
    if (verifies) {
      variables['AUTHORITY'] = environment['AUTHORITY']
      variables['RATE_PER_SECOND'] = '200'
      variables['RATE_BURST'] = '400'
    }
    // What the contract names as its server, and what a page is told, is what callers sign.
    if (name === 'get-openapi' || name === 'get-console')
      variables['AUTHORITY'] = environment['AUTHORITY']
    if (name === 'get-health') variables['HEALTH_INSTITUTION'] = 'IGM'
    expect(environment, name).toEqual(variables)
  }
})

test('an inbox’s address is the prefix, the institution’s code and .fifo', () => {
  const prefix = resolved(deployedFunction('relay-outbox').environment['INBOX_URL_PREFIX'], id =>
    queueUrl(id.replace('Inbox', '')),
  )
  for (const { code } of institutions()) expect(`${prefix}${code}.fifo`).toBe(queueUrl(code))
})

test('callers sign the authority that the hub is told, or else the API’s own host', () => {
  const own = resolved(deployedFunction('post-referral').environment['AUTHORITY'], reference =>
    reference === 'Api.ApiEndpoint' ? 'https://abc.execute-api.region.example' : reference,
  )
  expect(own).toBe('abc.execute-api.region.example')

  const told = templateOf(outdir => hubApp({ authority: 'hub.example:8787', outdir }).app)
  const authorities = deployedFunctions(told).flatMap(({ environment }) =>
    'AUTHORITY' in environment ? [environment['AUTHORITY']] : [],
  )
  const callable = hubFunctions.filter(row => row.saysWhere || row.may.includes('requests:spend'))
  expect(authorities).toEqual(Array(callable.length).fill('hub.example:8787'))
})
