// The browser's passkeys (Web Authentication), as the contract wants them: bytes as base64url.
import { fromBase64url, toBase64url } from '@/contract/base64url';
import type { PasskeyAssertion, PasskeyAttestation, PasskeyOffer } from '@/contract/types';

const patience = 300_000;
const es256 = -7;
const eddsa = -8;

/** Only over TLS or at this very machine; elsewhere a browser has none. */
export const knowsPasskeys = (): boolean => typeof window.PublicKeyCredential !== 'undefined';

/** The person turned away, or took too long; no fault. */
export class PasskeyDeclined extends Error {}

async function asked<T>(request: Promise<Credential | null>): Promise<PublicKeyCredential & { response: T }> {
  try {
    const credential = await request;
    if (credential === null) throw new PasskeyDeclined();
    return credential as PublicKeyCredential & { response: T };
  } catch (error) {
    // A key that this person has already is refused in the same way as one that is not there.
    if (error instanceof DOMException && ['NotAllowedError', 'AbortError', 'InvalidStateError'].includes(error.name)) throw new PasskeyDeclined();
    throw error;
  }
}

/** Asks for any passkey of this place; the passkey says whose it is. */
export async function askPasskey(challenge: string): Promise<PasskeyAssertion> {
  const request = navigator.credentials.get({ publicKey: { challenge: fromBase64url(challenge), userVerification: 'required', timeout: patience } });
  const { rawId, response } = await asked<AuthenticatorAssertionResponse>(request);
  return {
    credential_id: toBase64url(rawId),
    client_data: toBase64url(response.clientDataJSON),
    authenticator_data: toBase64url(response.authenticatorData),
    signature: toBase64url(response.signature),
    user_handle: response.userHandle === null ? '' : toBase64url(response.userHandle),
  };
}

/** Makes a new passkey under a name that its owner will know it by. */
export async function makePasskey(offer: PasskeyOffer, name: string): Promise<PasskeyAttestation> {
  const request = navigator.credentials.create({
    publicKey: {
      challenge: fromBase64url(offer.challenge),
      rp: { name: 'Kula' },
      user: { id: fromBase64url(offer.user_handle), name: offer.name, displayName: offer.full_name },
      pubKeyCredParams: [es256, eddsa].map((alg) => ({ type: 'public-key' as const, alg })),
      excludeCredentials: offer.excluded.map((id) => ({ type: 'public-key' as const, id: fromBase64url(id) })),
      authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
      attestation: 'none',
      timeout: patience,
    },
  });
  const { response } = await asked<AuthenticatorAttestationResponse>(request);
  return { name, client_data: toBase64url(response.clientDataJSON), attestation_object: toBase64url(response.attestationObject) };
}
