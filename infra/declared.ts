// What a folder declares: institutions and the agreements between them, checked against their shapes.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import * as z from 'zod'
import { type Agreement, DeclaredAgreement, Institution } from '../schemas/agreement.ts'
import { type FieldCode, fieldCodes } from '../schemas/field-codes.ts'

/** What is deployed. */
const deployedFolder = join(import.meta.dirname, 'agreements')
const institutionsFile = 'institutions.json'

/** A file that does not say what it should: which one, and where in it. */
export class DeclaredError extends Error {
  override readonly name = 'DeclaredError'
}

const read = <T>(shape: z.ZodType<T>, folder: string, file: string): T => {
  const wrong = (why: string) => new DeclaredError(`${join(folder, file)}: ${why}`)
  let json: unknown
  try {
    json = JSON.parse(readFileSync(join(folder, file), 'utf8'))
  } catch (error) {
    throw wrong(error instanceof Error ? error.message : 'unreadable')
  }
  const parsed = shape.safeParse(json)
  if (parsed.success) return parsed.data
  const [issue] = parsed.error.issues
  const code =
    issue?.code === 'custom' ? (issue.params?.['code'] as FieldCode | undefined) : undefined
  throw wrong(`/${issue?.path.join('/')}: ${code ? fieldCodes[code].en : issue?.message}`)
}

const Institutions = z
  .array(Institution)
  .min(1)
  .refine(all => new Set(all.map(({ code }) => code)).size === all.length, 'codes must differ')

/** The institutions that get an inbox: `institutions.json`. Throws DeclaredError where it breaks its schema. */
export const institutions = (folder = deployedFolder): Institution[] =>
  read(Institutions, folder, institutionsFile)

/** Every other file of the folder. */
export const agreements = (folder = deployedFolder): Agreement[] =>
  readdirSync(folder)
    .filter(file => file.endsWith('.json') && file !== institutionsFile)
    .map(file => read(DeclaredAgreement, folder, file))
