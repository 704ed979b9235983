import type { Chance } from '@tandem/sync/ports/chance.ts'
import type { Clock } from '@tandem/sync/ports/clock.ts'
import type { CrashPoints } from '@tandem/sync/ports/crash-point.ts'
import type { Sealer } from '@tandem/sync/ports/sealer.ts'
import type { Store } from '@tandem/sync/store/contract.ts'
import { DatabaseUnreachable, DataFolderInUse, DataFolderUnreadable } from '@tandem/sync/store/embedded/errors.ts'
import { openStore } from '@tandem/sync/store/open-store.ts'
import { createSealer, SealBroken, WrongSecretKey } from '@tandem/sync/store/seal/envelope.ts'
import type { MasterKey } from '@tandem/sync/store/seal/master-key.ts'
import type { Config } from './config.ts'
import { errnoOf } from './folder/data-folder.ts'
import { type Answer, answer, problem } from './problem.ts'

/** Opens the database of the configuration; what a person can do something about is a problem, not a throw. */
export async function openDatabase(
  config: Config,
  ports: { readonly clock: Clock; readonly chance: Chance; readonly crash: CrashPoints },
): Promise<Answer<Store>> {
  const { dataDir, databaseUrl } = config
  try {
    return answer(await openStore({ ...ports, dataDir, ...(databaseUrl === null ? {} : { databaseUrl }) }))
  } catch (error) {
    return explain(error, config)
  }
}

function explain(error: unknown, { dataDir }: Config) {
  if (error instanceof DataFolderInUse) {
    return problem(
      'dataFolderInUse',
      `The data folder ${dataDir} is in use by process ${error.pid}.`,
      'Wait for that command to end or stop it; several processes need DATABASE_URL.',
    )
  }
  if (error instanceof DataFolderUnreadable) return problem('dataFolderUnusable', `${error.message}.`)
  if (error instanceof DatabaseUnreachable) return problem('databaseUnreachable', `${error.message}.`)
  if (errnoOf(error) === undefined) throw error
  return problem(
    'dataFolderUnusable',
    `The data folder ${dataDir} cannot be used (${errnoOf(error)}).`,
    'Give this user read and write access to it and to all that is in it, or name another folder in TANDEM_DATA_DIR.',
  )
}

/** The vault's envelopes as the connectors use them: one text names the owner, and what does not open is undefined. */
export function createVaultSealer(master: MasterKey): Sealer {
  const envelopes = createSealer(master)
  const ownerOf = (aad: string) => ({ system: aad, appId: '', remoteUserId: '' })
  return {
    seal: (text, aad) => envelopes.seal(text, ownerOf(aad)),
    open(sealed, aad) {
      try {
        return envelopes.open(sealed, ownerOf(aad))
      } catch (error) {
        if (error instanceof WrongSecretKey || error instanceof SealBroken) return undefined
        throw error
      }
    },
  }
}
