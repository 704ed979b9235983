import type { RemoteFailure, RemoteOutcome } from '../../model/outcome.ts'
import { ok } from '../../model/outcome.ts'
import type { Chance } from '../../ports/chance.ts'
import type { Clock } from '../../ports/clock.ts'
import type { CrashPoints } from '../../ports/crash-point.ts'
import type { Sealer } from '../../ports/sealer.ts'
import type { RotateClaim, SealedCredential, VaultStore } from '../../store/contract.ts'
import { openTokens, sealTokens, type TokenGrant, type Tokens, tokensAfter } from './tokens.ts'

/** A valid access token for every call. One per process and credential; several processes agree through the vault. */
export interface TokenKeeper {
  /** A token that is good for at least the margin; refreshed first when it is not. Never `unknown`. */
  current(): Promise<RemoteOutcome<AccessToken>>
  /** The remote refused `stale`: the newer one, refreshed unless somebody already has. */
  refreshed(stale: AccessToken): Promise<RemoteOutcome<AccessToken>>
}

export interface AccessToken {
  /** Goes into the Authorization header and nowhere else. */
  readonly accessToken: string
  /** Epoch milliseconds. */
  readonly expiresAt: number
  /** The credential's rotation that it belongs to. */
  readonly rotation: number
  /** What the token may do, as granted; empty where the remote did not say. */
  readonly scopes: readonly string[]
}

export interface TokenKeeperPorts {
  readonly vault: VaultStore
  readonly sealer: Sealer
  readonly clock: Clock
  readonly chance: Chance
  readonly credentialId: string
  readonly crash: CrashPoints
  /** One refresh at the remote. `unknown`: the answer was lost, so the remote may have rotated the token. */
  readonly refresh: (refreshToken: string) => Promise<RemoteOutcome<TokenGrant>>
}

/** Refresh this long before expiry, so that a token does not run out on the way. */
export const REFRESH_MARGIN_MS = 2 * 60 * 1000
/**
 * A process that died while refreshing blocks the others no longer than this, or a restart would take as long. A living one
 * renews its claim for as long as it asks: two refreshes at once could each make the other's answer worthless.
 */
export const CLAIM_TTL_MS = 5 * 1000
const CLAIM_RENEW_MS = 1_500
/** How long a caller waits for others that renew before it calls the login server unavailable. */
const BUSY_PATIENCE_MS = 2 * 60 * 1000
const BUSY_WAIT_MS = 250

export function createTokenKeeper(ports: TokenKeeperPorts): TokenKeeper {
  return new VaultTokenKeeper(ports)
}

interface Held {
  readonly credential: SealedCredential
  readonly tokens: Tokens
}

class VaultTokenKeeper implements TokenKeeper {
  readonly #ports: TokenKeeperPorts
  readonly #owner: string
  #held: Held | undefined
  /** One refresh at a time in this process; the vault's claim does the same between processes. */
  #rotating: Promise<RemoteOutcome<AccessToken>> | undefined
  /** The rotation whose refresh token the remote has called dead: it is not asked for again, only a newer one is. */
  #dead: { readonly rotation: number; readonly failure: RemoteFailure } | undefined

  constructor(ports: TokenKeeperPorts) {
    this.#ports = ports
    this.#owner = ports.chance.uuid()
  }

  async current(): Promise<RemoteOutcome<AccessToken>> {
    if (this.#held !== undefined && this.#isFresh(this.#held)) return ok(accessOf(this.#held))
    const read = await this.#read()
    if (read.type !== 'ok' || this.#isFresh(read.value)) return mapHeld(read)
    const renewed = await this.#rotateOnce(read.value)
    const isStillGood = read.value.tokens.accessExpiresAt > this.#ports.clock.now()
    // Inside the margin the old token still works: an outage of the login server is no reason to stop.
    return renewed.type === 'unavailable' && isStillGood ? ok(accessOf(read.value)) : renewed
  }

  async refreshed(stale: AccessToken): Promise<RemoteOutcome<AccessToken>> {
    const read = await this.#read()
    if (read.type !== 'ok' || read.value.credential.rotation > stale.rotation) return mapHeld(read)
    return this.#rotateOnce(read.value)
  }

  #isFresh(held: Held): boolean {
    return held.tokens.accessExpiresAt - this.#ports.clock.now() > REFRESH_MARGIN_MS
  }

  async #read(): Promise<RemoteOutcome<Held>> {
    const credential = await this.#ports.vault.read(this.#ports.credentialId)
    if (credential === undefined) return reconnect('The stored login is gone')
    return this.#hold(credential)
  }

  #hold(credential: SealedCredential): RemoteOutcome<Held> {
    const tokens = openTokens(this.#ports.sealer, credential)
    if (tokens === undefined) return reconnect('The stored login cannot be opened with the present secret key')
    this.#held = { credential, tokens }
    return ok(this.#held)
  }

  async #rotateOnce(known: Held): Promise<RemoteOutcome<AccessToken>> {
    if (this.#dead?.rotation === known.credential.rotation) return this.#dead.failure
    this.#rotating ??= this.#rotate(known).finally(() => {
      this.#rotating = undefined
    })
    return this.#rotating
  }

  async #rotate(known: Held): Promise<RemoteOutcome<AccessToken>> {
    const { clock } = this.#ports
    const giveUpAt = clock.monotonic() + BUSY_PATIENCE_MS
    while (clock.monotonic() < giveUpAt) {
      const claim = await this.#claim(known)
      if (claim.type === 'newer') return mapHeld(this.#hold(claim.credential))
      if (claim.type === 'mine') return this.#refresh(known)
      await clock.sleep(BUSY_WAIT_MS)
    }
    return unavailable('Another process has been renewing the login for too long')
  }

  #claim(known: Held): Promise<RotateClaim> {
    const { vault, clock, credentialId } = this.#ports
    const claim = { owner: this.#owner, nowMs: clock.now(), claimTtlMs: CLAIM_TTL_MS }
    return vault.rotate(credentialId, known.credential.rotation, claim)
  }

  /** Renews the claim until the answer that is ended by the returned call is there. */
  #keepClaim(known: Held): () => Promise<void> {
    let isOver = false
    let renewing: Promise<unknown> = Promise.resolve()
    const beat = async () => {
      for (;;) {
        await this.#ports.clock.sleep(CLAIM_RENEW_MS)
        if (isOver) return
        // A claim that cannot be renewed runs out: then another process may ask too, and each answer is kept.
        renewing = this.#claim(known).catch(() => undefined)
        await renewing
      }
    }
    void beat()
    return async () => {
      isOver = true
      await renewing
    }
  }

  /** The claim is ours. The old refresh token stays stored until the new one is (C11): a lost answer is asked for again. */
  async #refresh(known: Held): Promise<RemoteOutcome<AccessToken>> {
    const { vault, refresh, credentialId } = this.#ports
    const stop = this.#keepClaim(known)
    const first = await refresh(known.tokens.refreshToken)
    // xero.md 1.3: the previous refresh token works for 30 more minutes; Zoho's never rotates.
    const answer = first.type === 'unknown' ? await refresh(known.tokens.refreshToken) : first
    await stop()
    if (answer.type === 'ok') return this.#store(known, answer.value)
    await vault.abandonRotation(credentialId, this.#owner)
    if (answer.type === 'disconnected') return this.#unlessRenewedElsewhere(known, answer)
    return answer.type === 'unknown' ? unavailable(answer.message) : answer
  }

  async #store(known: Held, grant: TokenGrant): Promise<RemoteOutcome<AccessToken>> {
    const { vault, sealer, clock, credentialId, crash } = this.#ports
    crash.reached('C11')
    const tokens = tokensAfter(known.tokens, grant, clock.now())
    const sealed = sealTokens(sealer, known.credential, tokens)
    await vault.finishRotation(credentialId, this.#owner, sealed)
    crash.reached('C12')
    const stored = await vault.read(credentialId)
    if (stored === undefined) return reconnect('The stored login is gone')
    return mapHeld(this.#hold(stored))
  }

  /** A process that was paused longer than its claim finds its refresh token used up by the one that took over. */
  async #unlessRenewedElsewhere(known: Held, failure: RemoteFailure): Promise<RemoteOutcome<AccessToken>> {
    const now = await this.#read()
    if (now.type === 'ok' && now.value.credential.rotation > known.credential.rotation) return mapHeld(now)
    if (failure.type === 'disconnected' && failure.code === 'reconnectNeeded')
      this.#dead = { rotation: known.credential.rotation, failure }
    return failure
  }
}

function mapHeld(outcome: RemoteOutcome<Held>): RemoteOutcome<AccessToken> {
  return outcome.type === 'ok' ? ok(accessOf(outcome.value)) : outcome
}

function accessOf(held: Held): AccessToken {
  return {
    accessToken: held.tokens.accessToken,
    expiresAt: held.tokens.accessExpiresAt,
    rotation: held.credential.rotation,
    scopes: held.tokens.scopes,
  }
}

function reconnect(message: string): RemoteFailure {
  return { type: 'disconnected', code: 'reconnectNeeded', message }
}

function unavailable(message: string): RemoteFailure {
  return { type: 'unavailable', code: 'remoteUnavailable', message, retryAfterMs: null }
}
