// What infra/agreements declares: institutions and the agreements between them, checked against their shapes.
import { readdirSync, readFileSync } from 'node:fs'
import * as z from 'zod'
import { Agreement, Institution } from '../schemas/agreement.ts'

const folder = new URL('./agreements/', import.meta.url)
const institutionsFile = 'institutions.json'
const read = (file: string): unknown => JSON.parse(readFileSync(new URL(file, folder), 'utf8'))

const Institutions = z
  .array(Institution)
  .min(1)
  .refine(all => new Set(all.map(({ code }) => code)).size === all.length, 'codes must differ')

/** The institutions that get an inbox. Throws if the file breaks its schema. */
export const institutions = (): Institution[] => Institutions.parse(read(institutionsFile))

/** Every other file of the folder. */
export const agreements = (): Agreement[] =>
  readdirSync(folder)
    .filter(file => file.endsWith('.json') && file !== institutionsFile)
    .map(file => Agreement.parse(read(file)))
