// The synthetic referrals and the named cases of test/data, as a client would post them.
import { readFileSync } from 'node:fs'
import type { Payload } from '../../schemas/payload.ts'
import { Submission } from '../../schemas/referral.ts'

export type Json = null | boolean | number | string | Json[] | { [name: string]: Json }
export type JsonObject = { [name: string]: Json }

/** A case of test/data/cases.json: referral 1 with a merge patch, and what the hub answers. */
export type Case = {
  name: string
  patch: JsonObject
  status: number
  code?: string
  pointer?: string
}

const read = (name: string) =>
  readFileSync(new URL(`../data/${name}`, import.meta.url), 'utf8').trim()

/** A salt as a client makes one: 16 bytes, base64url. */
const salt = 'c2FsdC1mb3ItdGhlLXRlcw'

/** All referrals of test/data/referrals-250.jsonl, each with a salt. */
export const referrals: JsonObject[] = read('referrals-250.jsonl')
  .split('\n')
  .map(line => ({ ...(JSON.parse(line) as JsonObject), salt }))

export const cases: Case[] = (JSON.parse(read('cases.json')) as { cases: Case[] }).cases

/** RFC 7396 §2, MergePatch. */
export const mergePatch = (target: Json | undefined, patch: Json): Json => {
  if (typeof patch !== 'object' || patch === null || Array.isArray(patch)) return patch
  const kept = typeof target === 'object' && target !== null && !Array.isArray(target) ? target : {}
  const merged: JsonObject = { ...kept }
  for (const [name, value] of Object.entries(patch)) {
    if (value === null) delete merged[name]
    else merged[name] = mergePatch(merged[name], value)
  }
  return merged
}

/** Referral 1 with a merge patch, as JSON. */
export const patched = (patch: JsonObject = {}): JsonObject =>
  mergePatch(referrals[0], patch) as JsonObject

/** Referral 1 with a merge patch, parsed. */
export const submission = (patch: JsonObject = {}): Submission => Submission.parse(patched(patch))

/** A submission in which every member that the contract knows is there. */
export const fullest: JsonObject = patched({
  consent: {
    jurisdiction: 'GT',
    lawfulBasis: 'consent',
    grantor: { type: 'guardian', relationship: 'mother', assent: true },
    witnessed: true,
    interpreterUsed: true,
  },
  payload: {
    identity: {
      alias: 'Luna Prueba',
      originalScript: 'پرویز',
      birthDate: '2009-05-02',
      birthDateEstimated: false,
      documents: [
        {
          type: 'passport',
          number: 'T000001',
          issuingCountry: 'SLV',
          expiresOn: '2027-01-31',
        },
        { type: 'none', reason: 'lost-en-route' },
      ],
      guardian: {
        givenNames: ['Marta'],
        familyNames: ['Prueba'],
        relationship: 'mother',
        phone: '+50200009001',
      },
    },
    contact: {
      phone: '+50200000001',
      safeToCall: true,
      throughLiaisonOnly: false,
      safeTimes: ['morning'],
      municipality: '0101',
    },
    migrationStatus: { caseNumber: 'EXP-PRUEBA-000001', validUntil: '2027-05-01' },
    trainingProfile: {
      schooling: 'primary',
      experience: ['sewing'],
      availability: ['morning', 'weekend'],
    },
    supportNeeds: { needs: ['childcare'] },
    protection: { handling: ['same-sex-staff', 'confidential-location'] },
  },
})

/** Its payload, parsed: one of every data category. */
export const fullPayload: Payload = Submission.parse(fullest).payload
