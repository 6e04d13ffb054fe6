// A plain service that takes referrals, for the bench: Fastify and node:sqlite, a bearer token, a schema, and one
// durable transaction of referral, consent and audit row. It seals nothing, proves nothing and asks nobody's consent.
// Prints `ready <url>`; told its folder, token and port by the environment.
import { randomUUID, timingSafeEqual } from 'node:crypto'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import fastify from 'fastify'

const { PEER_FOLDER: folder, PEER_TOKEN: token } = process.env
const expected = Buffer.from(`Bearer ${token}`)

const database = new DatabaseSync(join(folder, 'plain.sqlite'))
database.exec(`
  PRAGMA journal_mode = WAL;
  PRAGMA synchronous = FULL;
  CREATE TABLE referral (id TEXT PRIMARY KEY, external_id TEXT UNIQUE, recipient TEXT, status TEXT, created TEXT,
    content TEXT) STRICT;
  CREATE TABLE consent (id TEXT PRIMARY KEY, referral TEXT REFERENCES referral (id), terms TEXT) STRICT;
  CREATE TABLE audit (id TEXT PRIMARY KEY, time TEXT, actor TEXT, action TEXT, referral TEXT) STRICT;
`)
const statements = {
  referral: database.prepare('INSERT INTO referral VALUES (?, ?, ?, ?, ?, ?)'),
  consent: database.prepare('INSERT INTO consent VALUES (?, ?, ?)'),
  audit: database.prepare('INSERT INTO audit VALUES (?, ?, ?, ?, ?)'),
  read: database.prepare('SELECT id, status, created, content FROM referral WHERE id = ?'),
}

const transaction = write => {
  database.exec('BEGIN IMMEDIATE')
  try {
    const result = write()
    database.exec('COMMIT')
    return result
  } catch (error) {
    database.exec('ROLLBACK')
    throw error
  }
}

const text = { type: 'string', minLength: 1, maxLength: 200 }
const names = { type: 'array', minItems: 1, items: text }
const submission = {
  type: 'object',
  required: ['agreementId', 'externalId', 'recipient', 'priority', 'payload', 'consent'],
  properties: {
    agreementId: text,
    externalId: text,
    recipient: text,
    priority: { enum: ['routine', 'urgent', 'asap', 'stat'] },
    consent: {
      type: 'object',
      required: ['purposes', 'grantedAt', 'validUntil', 'grantor'],
      properties: {
        grantedAt: { type: 'string', format: 'date-time' },
        validUntil: { type: 'string', format: 'date-time' },
        purposes: {
          type: 'array',
          minItems: 1,
          items: {
            type: 'object',
            required: ['purpose', 'recipient', 'dataCategories'],
            properties: {
              purpose: text,
              recipient: text,
              dataCategories: { type: 'array', minItems: 1, items: text },
            },
          },
        },
      },
    },
    payload: {
      type: 'object',
      required: ['identity', 'migrationStatus', 'trainingProfile'],
      properties: {
        identity: {
          type: 'object',
          required: ['givenNames', 'familyNames', 'birthDate', 'documents'],
          properties: {
            givenNames: names,
            familyNames: names,
            birthDate: text,
            documents: {
              type: 'array',
              items: { type: 'object', required: ['type'], properties: { type: text } },
            },
          },
        },
      },
    },
  },
}

const app = fastify()
app.addHook('onRequest', (request, reply, next) => {
  const given = Buffer.from(request.headers.authorization ?? '')
  if (given.length === expected.length && timingSafeEqual(given, expected)) next()
  else reply.code(401).send({ error: 'unauthorized' })
})
app.post('/referrals', { schema: { body: submission } }, (request, reply) => {
  const { body } = request
  const [id, consentId, now] = [randomUUID(), randomUUID(), new Date().toISOString()]
  transaction(() => {
    const content = JSON.stringify(body.payload)
    statements.referral.run(id, body.externalId, body.recipient, 'requested', now, content)
    statements.consent.run(consentId, id, JSON.stringify(body.consent))
    statements.audit.run(randomUUID(), now, 'IGM', 'referral.submit', id)
  })
  return reply.code(201).send({ id, consentId, status: 'requested', created: now })
})
app.get('/referrals/:id', (request, reply) => {
  const { id } = request.params
  const row = transaction(() => {
    const found = statements.read.get(id)
    if (found)
      statements.audit.run(randomUUID(), new Date().toISOString(), 'ALA', 'referral.read', id)
    return found
  })
  return row ? { ...row, content: JSON.parse(row.content) } : reply.code(404).send()
})

const url = await app.listen({ host: '127.0.0.1', port: 0 })
process.stdout.write(`ready ${url}\n`)
