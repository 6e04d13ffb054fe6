/** Guatemalan Spanish and English: every sentence is there in both. */
export type Language = 'es' | 'en'
