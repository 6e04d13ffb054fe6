/**
 * What is being done: `entries` are read, and their requests verified, nearly all of the time; then `tree` compares
 * their hashes with the hub's, and `rules` follows keys, requests, cosignatures, chains and meaning through the whole
 * log.
 */
export type Phase = 'entries' | 'tree' | 'rules'

/** Told of each phase when it begins, and in the first of how many entries are done. */
export type Progress = (phase: Phase, done: number, all: number) => void
