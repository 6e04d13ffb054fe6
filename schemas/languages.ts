// Languages as BCP 47 (RFC 5646) has them: tags whose every subtag is in the IANA registry.
import * as z from 'zod'
import { because } from './field-codes.ts'
import { languageBits, regionSubtags, scriptSubtags, variantSubtags } from './language-subtags.ts'
import { listOf } from './standards.ts'

/** The canonical form of a well-formed tag (RFC 5646 §4.5): `ES-gt` is `es-GT`. Undefined for text that is no tag. */
const canonicalLanguage = (tag: string): string | undefined => {
  try {
    return Intl.getCanonicalLocales(tag)[0]
  } catch {
    return undefined
  }
}

const wordsOf = (text: string): string[] => text.trim().split(/\s+/)
const [scripts, regions, variants] = [scriptSubtags, regionSubtags, variantSubtags].map(
  text => new Set(wordsOf(text)),
) as [Set<string>, Set<string>, Set<string>]
const bits = atob(languageBits.replaceAll(/\s/g, ''))

/** Of two or three letters, read as a number to base 27. */
export const place = (language: string): number =>
  [0, 1, 2].reduce((sum, i) => sum * 27 + ((language.codePointAt(i) ?? 96) - 96), 0)

const isLanguage = (subtag: string): boolean => {
  if (!/^[a-z]{2,3}$/.test(subtag)) return false
  const at = place(subtag)
  return ((bits.charCodeAt(at >> 3) >> (at & 7)) & 1) === 1
}

/**
 * Whether every subtag is registered, in the order of RFC 5646 §2.1: language, script, region, variants. Private use
 * (`qaa`, `x-…`) says nothing to anybody else, and extensions (`-u-…`) are about software: neither is a language. An
 * extended language has its own subtag, which is preferred (`yue`, not `zh-yue`).
 */
export const isRegisteredLanguage = (tag: string): boolean => {
  const [language = '', ...subtags] = tag.toLowerCase().split('-')
  if (!isLanguage(language)) return false
  for (const registered of [scripts, regions])
    if (subtags[0] !== undefined && registered.has(subtags[0])) subtags.shift()
  return subtags.every(subtag => variants.has(subtag))
}

/** `es`, `ht`, `quc`, `es-GT`, `zh-Hans`: at most 35 characters. */
export const LanguageTag = z
  .string()
  .max(35)
  .refine(tag => canonicalLanguage(tag) !== undefined, because('language-tag'))
  .refine(
    tag => canonicalLanguage(tag) === undefined || isRegisteredLanguage(tag),
    because('language-not-registered'),
  )

/** A person's languages, each once, however it is spelt. */
export const Languages = listOf(LanguageTag, 1, 10, tag => canonicalLanguage(tag) ?? tag)
