// The keys that this browser keeps, sealed (wrap.ts), in IndexedDB.
import type { KeptKey } from './wrap.ts'

const database = 'referral-hub'
const keys = 'keys'

const answerOf = <Value>(request: IDBRequest<Value>): Promise<Value> =>
  new Promise((resolve, reject) => {
    request.addEventListener('success', () => resolve(request.result))
    request.addEventListener('error', () => reject(request.error ?? new Error('IndexedDB')))
  })

const opened = async (): Promise<IDBDatabase> => {
  const request = indexedDB.open(database, 1)
  request.addEventListener('upgradeneeded', () => {
    request.result.createObjectStore(keys, { keyPath: 'keyid' })
  })
  return answerOf(request)
}

const using = async <Value>(
  mode: IDBTransactionMode,
  what: (objects: IDBObjectStore) => IDBRequest<Value>,
): Promise<Value> => {
  const db = await opened()
  try {
    const transaction = db.transaction(keys, mode, { durability: 'strict' })
    const done = new Promise<void>((resolve, reject) => {
      transaction.addEventListener('complete', () => resolve())
      transaction.addEventListener('abort', () =>
        reject(transaction.error ?? new Error('IndexedDB')),
      )
    })
    const value = await answerOf(what(transaction.objectStore(keys)))
    await done
    return value
  } finally {
    db.close()
  }
}

export const keptKeys = () => using<KeptKey[]>('readonly', objects => objects.getAll())
export const forget = (keyid: string) => using('readwrite', objects => objects.delete(keyid))

/** Keeps a key, and asks the browser not to clear it away when space is short. */
export const keep = async (key: KeptKey): Promise<void> => {
  await using('readwrite', objects => objects.put(key))
  await navigator.storage?.persist?.().catch(() => false)
}
