// A passkey as the other half of a lock: the same 32 bytes for the same salt, on the device that it was made on
// (WebAuthn Level 3 §10.1.4, the PRF extension). It signs nothing for the hub.
type Bytes = Uint8Array<ArrayBuffer>

/** The device said no, or cannot do it. */
export class PasskeyFailed extends Error {}

/** WebAuthn asks for a domain: an address will not do (§5.1.3). */
export const passkeysPossible = (): boolean =>
  'PublicKeyCredential' in globalThis && !/^[\d.]+$|:/.test(location.hostname)

const random = (count: number): Bytes => crypto.getRandomValues(new Uint8Array(count))

const credential = async (ask: () => Promise<Credential | null>): Promise<PublicKeyCredential> => {
  try {
    const given = await ask()
    if (given instanceof PublicKeyCredential) return given
  } catch (cause) {
    throw new PasskeyFailed('refused', { cause })
  }
  throw new PasskeyFailed('none')
}

const secretIn = (given: PublicKeyCredential): Bytes | undefined => {
  const first = given.getClientExtensionResults().prf?.results?.first
  if (first === undefined) return undefined
  const octets = first instanceof ArrayBuffer ? new Uint8Array(first) : new Uint8Array(first.buffer)
  return Uint8Array.from(octets)
}

/**
 * Makes a passkey for this hub. `name`: what the device shows, an institution and a post.
 * @throws PasskeyFailed also where the device has no PRF
 */
export const newPasskey = async (name: string, salt: Bytes): Promise<{ credentialId: Bytes }> => {
  const made = await credential(() =>
    navigator.credentials.create({
      publicKey: {
        rp: { id: location.hostname, name: location.host },
        user: { id: random(16), name, displayName: name },
        challenge: random(32),
        pubKeyCredParams: [
          { type: 'public-key', alg: -7 },
          { type: 'public-key', alg: -257 },
        ],
        authenticatorSelection: { residentKey: 'preferred', userVerification: 'required' },
        extensions: { prf: { eval: { first: salt } } },
      },
    }),
  )
  const { prf } = made.getClientExtensionResults()
  if (prf?.enabled !== true && prf?.results === undefined) throw new PasskeyFailed('no PRF')
  return { credentialId: new Uint8Array(made.rawId) }
}

/** The bytes that a lock's passkey gives for its salt. @throws PasskeyFailed */
export const prfOf = async (lock: { credentialId: Bytes; salt: Bytes }): Promise<Bytes> => {
  const given = await credential(() =>
    navigator.credentials.get({
      publicKey: {
        rpId: location.hostname,
        challenge: random(32),
        allowCredentials: [{ type: 'public-key', id: lock.credentialId }],
        userVerification: 'required',
        extensions: { prf: { eval: { first: lock.salt } } },
      },
    }),
  )
  const secret = secretIn(given)
  if (!secret) throw new PasskeyFailed('no PRF')
  return secret
}
