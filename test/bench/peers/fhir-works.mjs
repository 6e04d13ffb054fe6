// FHIR Works on AWS as far as it runs on one machine, for the bench: its router with its validator, and its persistence
// on the embedded DynamoDB server that the hub has too. Left out, in its favour: who may do what (Cognito and RBAC; a
// token is taken as it is), X-Ray, the stream to Elasticsearch, and the API's own access log.
// Prints `ready <url>`; told its folder by the environment, and its table's name and offline mode by its own variables.
import { createRequire } from 'node:module'
import { stubs } from 'fhir-works-on-aws-interface'
import { startDynamoDb } from '../../../infra/local/dynamodb.ts'

const require = createRequire(import.meta.url)
const {
  DynamoDb,
  DynamoDbBundleService,
  DynamoDbDataService,
} = require('fhir-works-on-aws-persistence-ddb')
const { generateServerlessRouter } = require('fhir-works-on-aws-routing')
const {
  default: JsonSchemaValidator,
} = require('fhir-works-on-aws-routing/lib/router/validation/jsonSchemaValidator')

const { PEER_FOLDER: folder, RESOURCE_TABLE: TableName, PATH: path } = process.env
const server = await startDynamoDb({ folder, foreign: undefined, report: () => {}, path })
DynamoDb.setEndpoint(server.endpoint)
await DynamoDb.createTable({
  TableName,
  BillingMode: 'PAY_PER_REQUEST',
  KeySchema: [
    { AttributeName: 'id', KeyType: 'HASH' },
    { AttributeName: 'vid', KeyType: 'RANGE' },
  ],
  AttributeDefinitions: [
    { AttributeName: 'id', AttributeType: 'S' },
    { AttributeName: 'vid', AttributeType: 'N' },
  ],
}).promise()

const fhirVersion = '4.0.1'
const persistence = new DynamoDbDataService(DynamoDb)
const app = generateServerlessRouter(
  {
    configVersion: 1,
    productInfo: { orgName: 'bench' },
    auth: { strategy: { service: 'OAuth' }, authorization: stubs.passThroughAuthz },
    server: { url: 'http://127.0.0.1' },
    validators: [new JsonSchemaValidator(fhirVersion)],
    profile: {
      fhirVersion,
      systemOperations: ['transaction'],
      bundle: new DynamoDbBundleService(DynamoDb),
      systemSearch: stubs.search,
      systemHistory: stubs.history,
      genericResource: {
        operations: ['create', 'read'],
        fhirVersions: [fhirVersion],
        persistence,
        typeSearch: stubs.search,
        typeHistory: stubs.history,
      },
    },
  },
  ['ServiceRequest', 'Consent', 'AuditEvent'],
)
const listening = app.listen(0, '127.0.0.1', () => {
  process.stdout.write(`ready http://127.0.0.1:${listening.address().port}\n`)
})
