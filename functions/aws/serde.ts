// What the SDK's protocols and signatures ask of their surroundings, on Node.js alone. The SDK's own is made for
// browsers too.
import { type Hash, type Hmac, createHash, createHmac } from 'node:crypto'

const bytesOf = (text: string, encoding: 'utf8' | 'base64'): Uint8Array =>
  new Uint8Array(Buffer.from(text, encoding))

const textOf = (data: Uint8Array | string, encoding: 'utf8' | 'base64'): string => {
  if (typeof data === 'string') return Buffer.from(data).toString(encoding)
  return Buffer.from(data.buffer, data.byteOffset, data.byteLength).toString(encoding)
}

/** Answers come whole (request-handler.ts), so no stream is ever collected. */
export const serde = {
  base64Decoder: (text: string) => bytesOf(text, 'base64'),
  base64Encoder: (data: Uint8Array | string) => textOf(data, 'base64'),
  utf8Decoder: (text: string) => bytesOf(text, 'utf8'),
  utf8Encoder: (data: Uint8Array | string) => textOf(data, 'utf8'),
  streamCollector: () => Promise.reject(new Error('an answer is no stream')),
}

type Secret = string | ArrayBuffer | ArrayBufferView

const keyOf = (secret: Secret): string | Uint8Array => {
  if (typeof secret === 'string') return secret
  return ArrayBuffer.isView(secret)
    ? new Uint8Array(secret.buffer, secret.byteOffset, secret.byteLength)
    : new Uint8Array(secret)
}

/** SHA-256, or its HMAC under a secret: a class, as the SDK's signatures want one. */
export class Sha256 {
  readonly #begin: () => Hash | Hmac
  #hash: Hash | Hmac
  constructor(secret?: Secret) {
    this.#begin = () =>
      secret === undefined ? createHash('sha256') : createHmac('sha256', keyOf(secret))
    this.#hash = this.#begin()
  }
  reset(): void {
    this.#hash = this.#begin()
  }
  update(data: Uint8Array | string): void {
    this.#hash.update(data)
  }
  async digest(): Promise<Uint8Array> {
    return this.#hash.digest()
  }
}
