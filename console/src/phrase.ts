// Five words of 2,048: 55 bits, each guess of which costs 600,000 rounds of PBKDF2. The list is BIP 39's Spanish one,
// whose words stay apart without their accents. Loaded when a phrase is made, never to open one.
import { wordlist } from '@scure/bip39/wordlists/spanish.js'

const words = 5

/** Without accents, as they are typed at a keyboard that has none. */
export const newPhrase = (): string =>
  Array.from({ length: words }, () => {
    const [high = 0, low = 0] = crypto.getRandomValues(new Uint8Array(2))
    // 2,048 divides 65,536: no word comes more often than another.
    return wordlist[(high * 256 + low) % wordlist.length] ?? ''
  })
    .join(' ')
    .normalize('NFKD')
    .replaceAll(/\p{M}/gu, '')
