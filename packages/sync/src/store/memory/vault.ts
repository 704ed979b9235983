import type { RotateClaim, SealedCredential, VaultStore } from '../contract.ts'
import type { MemoryWorld, RotationClaim } from './tables.ts'

type Stored = SealedCredential & { readonly claim: RotationClaim | null }

export function memoryVault(world: MemoryWorld): VaultStore {
  const { credentials } = world

  function stored(id: string): Stored {
    const found = credentials.get(id)
    if (found === undefined) throw new Error(`No credential ${id}`)
    return found
  }

  return {
    save: async (credential) => {
      const old = [...credentials.values()].find((other) => isSameLogin(other, credential))
      const id = old?.id ?? credential.id
      const rotation = old === undefined ? credential.rotation : old.rotation + 1
      credentials.set(id, { ...credential, id, rotation, claim: null })
      return id
    },
    read: async (id) => {
      const found = credentials.get(id)
      return found === undefined ? undefined : plain(found)
    },
    rotate: async (id, knownRotation, { owner, nowMs, claimTtlMs }): Promise<RotateClaim> => {
      const row = stored(id)
      if (row.rotation > knownRotation) return { type: 'newer', credential: plain(row) }
      if (row.claim !== null && row.claim.owner !== owner && row.claim.until > nowMs) return { type: 'busy' }
      credentials.set(id, { ...row, claim: { owner, until: nowMs + claimTtlMs } })
      return { type: 'mine' }
    },
    finishRotation: async (id, owner, sealed) => {
      const row = stored(id)
      // kept even when the claim ran out meanwhile: losing a rotated refresh token would disconnect for good (C12)
      const claim = row.claim?.owner === owner ? null : row.claim
      credentials.set(id, { ...row, sealed, rotation: row.rotation + 1, claim })
    },
    abandonRotation: async (id, owner) => {
      const row = stored(id)
      if (row.claim?.owner === owner) credentials.set(id, { ...row, claim: null })
    },
  }
}

function isSameLogin(left: SealedCredential, right: SealedCredential): boolean {
  return left.system === right.system && left.appId === right.appId && left.remoteUserId === right.remoteUserId
}

function plain({ claim: _, ...credential }: Stored): SealedCredential {
  return credential
}
