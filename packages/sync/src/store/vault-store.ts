import type { Side } from '../model/side.ts'

/** One credential per (system, app, remote user), shared by that user's connections; sealed before it gets here (R78). */
export interface VaultStore {
  /** Inserts or replaces by (system, appId, remoteUserId); returns the id. */
  save(credential: SealedCredential): Promise<string>
  read(id: string): Promise<SealedCredential | undefined>
  /**
   * Single-flight refresh by a database row: runs `refresh` for one caller at a time and stores its result in the same
   * breath; a caller that finds a newer `rotation` than it knew gets that one without calling `refresh` (C11, C12).
   * A refresh claim of a dead process expires after `claimTtlMs`; its owner renews it by asking again.
   */
  rotate(
    id: string,
    knownRotation: number,
    claim: { readonly owner: string; readonly nowMs: number; readonly claimTtlMs: number },
  ): Promise<RotateClaim>
  finishRotation(id: string, owner: string, sealed: string): Promise<void>
  abandonRotation(id: string, owner: string): Promise<void>
}

export interface SealedCredential {
  readonly id: string
  readonly system: Side
  readonly appId: string
  readonly remoteUserId: string
  /** Ciphertext text with key id (AES-256-GCM envelope). */
  readonly sealed: string
  /** Grows by one at every stored rotation. */
  readonly rotation: number
}

export type RotateClaim =
  | { readonly type: 'mine' }
  | { readonly type: 'newer'; readonly credential: SealedCredential }
  /** Somebody else is refreshing right now: wait and ask again. */
  | { readonly type: 'busy' }
