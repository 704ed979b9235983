import { z } from 'zod'

/** Who consented, and in which act of consent: `authEventId` finds the organisations connected by it (xero.md 1.4). */
export interface ConsentClaims {
  readonly userId: string
  readonly authEventId: string
  readonly scopes: readonly string[]
}

const claimsSchema = z.looseObject({
  xero_userid: z.string().min(1),
  authentication_event_id: z.string().min(1),
  scope: z.union([z.array(z.string()), z.string().transform((text) => text.split(' '))]),
})

/**
 * Reads an access token's payload (xero.md 1.2). The signature is not verified: the token came straight from Xero's token
 * endpoint over TLS, and is used to name the credential, not to trust a caller. undefined: not such a token.
 */
export function readAccessClaims(accessToken: string): ConsentClaims | undefined {
  const payload = accessToken.split('.')[1]
  if (payload === undefined) return undefined
  const claims = claimsSchema.safeParse(parse(Buffer.from(payload, 'base64url').toString()))
  if (!claims.success) return undefined
  const { xero_userid: userId, authentication_event_id: authEventId, scope: scopes } = claims.data
  return { userId, authEventId, scopes }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
