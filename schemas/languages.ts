// Languages as BCP 47 (RFC 5646) has them: tags whose every subtag is in the IANA registry.
import * as z from 'zod'
import languages from 'language-subtag-registry/data/json/language.json' with { type: 'json' }
import regions from 'language-subtag-registry/data/json/region.json' with { type: 'json' }
import scripts from 'language-subtag-registry/data/json/script.json' with { type: 'json' }
import variants from 'language-subtag-registry/data/json/variant.json' with { type: 'json' }
import { because } from './field-codes.ts'
import { listOf } from './standards.ts'

/** The canonical form of a well-formed tag (RFC 5646 §4.5): `ES-gt` is `es-GT`. Undefined for text that is no tag. */
const canonicalLanguage = (tag: string): string | undefined => {
  try {
    return Intl.getCanonicalLocales(tag)[0]
  } catch {
    return undefined
  }
}

/**
 * Whether every subtag is registered, in the order of RFC 5646 §2.1: language, script, region, variants. Private use
 * (`qaa`, `x-…`) says nothing to anybody else, and extensions (`-u-…`) are about software: neither is a language. An
 * extended language has its own subtag, which is preferred (`yue`, not `zh-yue`).
 */
export const isRegisteredLanguage = (tag: string): boolean => {
  const [language = '', ...subtags] = tag.toLowerCase().split('-')
  if (!Object.hasOwn(languages, language)) return false
  for (const registered of [scripts, regions])
    if (subtags[0] !== undefined && Object.hasOwn(registered, subtags[0])) subtags.shift()
  return subtags.every(subtag => Object.hasOwn(variants, subtag))
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
