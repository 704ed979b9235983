import type { Chance } from '@tandem/sandbox/core/chance.ts'
import { noCrash } from '../../src/ports/crash-point.ts'
import { createTestChance, testSealer } from '../../src/remotes/http/testing.ts'
import { createTokenKeeper, type TokenKeeper, type TokenKeeperPorts } from '../../src/remotes/http/token-keeper.ts'
import type { VaultStore } from '../../src/store/contract.ts'
import type { LockstepClock } from './lockstep-clock.ts'

/** Where a process may die: nothing that it asked for is ever answered again. */
export const DEATHS = ['claimed', 'asking', 'refreshed', 'stored'] as const
export type Death = (typeof DEATHS)[number]

/** A keeper in a process of its own, which may die at any of these points. */
export interface MortalWorker {
  readonly keeper: TokenKeeper
  /** Resolves when it dies. */
  readonly death: Promise<Death>
}

export interface WorkerParts {
  readonly name: string
  readonly clock: LockstepClock
  readonly vault: VaultStore
  readonly credentialId: string
  readonly chance: Chance
  /** Chance to die at each of the points. */
  readonly deathShare: number
  readonly refresh: TokenKeeperPorts['refresh']
  /** Told of every refresh under way in a living process. */
  readonly asking: Asking
}

/** Who is refreshing at this moment. What a dead process has sent is nobody's any more: its claim runs out first. */
export interface Asking {
  begin(name: string): void
  end(name: string): void
  most(): number
}

export function createAsking(): Asking {
  const names = new Set<string>()
  let most = 0
  return {
    begin(name) {
      names.add(name)
      most = Math.max(most, names.size)
    },
    end: (name) => void names.delete(name),
    most: () => most,
  }
}

const NEVER = new Promise<never>(() => undefined)

export function createMortalWorker(parts: WorkerParts): MortalWorker {
  const { clock, vault } = parts
  let isDead = false
  let tell: (death: Death) => void = () => undefined
  const death = new Promise<Death>((resolve) => {
    tell = resolve
  })
  const mayDie = (at: Death) => {
    if (isDead || parts.chance.float() >= parts.deathShare) return
    isDead = true
    parts.asking.end(parts.name)
    tell(at)
  }
  /** An answer reaches the process only while it lives. */
  const toLiving = async <T>(work: Promise<T>): Promise<T> => {
    const value = await work
    return isDead ? NEVER : value
  }
  const mortal: VaultStore = {
    save: (credential) => toLiving(clock.during(vault.save(credential))),
    read: (id) => toLiving(clock.during(vault.read(id))),
    async rotate(id, known, claim) {
      const answer = await clock.during(vault.rotate(id, known, claim))
      if (answer.type === 'mine') {
        // The row is ours before we know it.
        await clock.sleep(parts.chance.int(0, 200))
        mayDie('claimed')
      }
      return toLiving(Promise.resolve(answer))
    },
    async finishRotation(id, owner, sealed) {
      await clock.during(vault.finishRotation(id, owner, sealed))
      mayDie('stored')
      return toLiving(Promise.resolve())
    },
    abandonRotation: (id, owner) => toLiving(clock.during(vault.abandonRotation(id, owner))),
  }
  const keeper = createTokenKeeper({
    vault: mortal,
    sealer: testSealer,
    clock: { ...clock, sleep: (milliseconds) => toLiving(clock.sleep(milliseconds)) },
    chance: { ...createTestChance(), uuid: () => parts.name },
    crash: noCrash,
    credentialId: parts.credentialId,
    async refresh(refreshToken) {
      parts.asking.begin(parts.name)
      const asked = parts.refresh(refreshToken)
      mayDie('asking')
      const answer = await asked
      parts.asking.end(parts.name)
      mayDie('refreshed')
      return toLiving(Promise.resolve(answer))
    },
  })
  return { keeper, death }
}
