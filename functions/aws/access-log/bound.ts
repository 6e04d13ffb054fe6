// The sequencer, and what brings releases under its signature, bound to this deployment's log.
import type { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import type { KMSClient } from '@aws-sdk/client-kms'
import type { AccessLog } from './pending.ts'
import { type LogCover, logCover } from './cover.ts'
import { type LogSequence, logSequence } from './sequence.ts'
import { env } from '../runtime.ts'

/** @param accessLog of the same door: it tells callers how far the log is signed */
export const boundSequence = (
  dynamodb: DynamoDBClient,
  kms: KMSClient,
  accessLog?: AccessLog,
): LogSequence =>
  logSequence({
    saw: accessLog?.saw,
    dynamodb,
    table: env('TABLE_ACCESS_LOG'),
    kms,
    keyId: env('KEY_LOG'),
    origin: env('LOG_ORIGIN'),
  })

export const boundCover = (
  dynamodb: DynamoDBClient,
  kms: KMSClient,
  accessLog: AccessLog,
): LogCover =>
  logCover({
    dynamodb,
    table: env('TABLE_ACCESS_LOG'),
    sequence: boundSequence(dynamodb, kms, accessLog),
  })
