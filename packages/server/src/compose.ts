import { createHash, createHmac } from 'node:crypto'
import type { EnginePorts, Progress } from '@tandem/sync/engine.ts'
import type { Sealer } from '@tandem/sync/ports/sealer.ts'
import { createNodeNetwork } from '@tandem/sync/remotes/http/node-network.ts'
import { openTokens } from '@tandem/sync/remotes/http/tokens.ts'
import type { Connection, Store } from '@tandem/sync/store/contract.ts'
import { type MasterKey, parseMasterKey } from '@tandem/sync/store/seal/master-key.ts'
import { keyedPrint } from '@tandem/sync/store/seal/print.ts'
import type { Config } from './config.ts'
import { createVaultSealer, openDatabase } from './durable.ts'
import { type DataFolder, readSecretKeyFile } from './folder/data-folder.ts'
import { createGateway } from './gateway/gateway.ts'
import { createLog } from './log.ts'
import { createCrashSwitch } from './ports/crash-switch.ts'
import { systemChance, systemClock } from './ports/system.ts'
import { type Answer, answer, problem } from './problem.ts'
import type { Tandem } from './tandem.ts'

/** Puts the product together: the one place that chooses the real clock, chance, network and store. */
export async function compose(config: Config, folder: DataFolder): Promise<Answer<Tandem>> {
  const secret = await findSecret(config, folder)
  if (secret.type === 'problem') return secret
  const master = parseMasterKey(secret.value)
  const clock = systemClock
  const chance = systemChance
  const crash = createCrashSwitch(config.crashAt)
  const opened = await openDatabase(config, { clock, chance, crash })
  if (opened.type === 'problem') return opened
  const store = opened.value
  const sealer = createVaultSealer(master)
  const wrong = await refuseWrongKey(store, sealer)
  if (wrong !== undefined) {
    await store.close()
    return wrong
  }
  const log = createLog(config.logLevel)
  const gateway = createGateway({ config, clock, chance, crash, log, network: createNodeNetwork(crash), store, sealer })
  const print = keyedPrint(master)
  const enginePorts = (listener: (event: Progress) => void): EnginePorts => ({
    clock,
    chance,
    log,
    store,
    openRemotes: gateway.openRemotes,
    fingerprint: () => print,
    linkId,
    crash,
    progress: listener,
  })
  const common = { config, folder, log, clock, chance, crash, store, gateway, enginePorts }
  let isClosing = false
  return answer({
    ...common,
    derive: (purpose) => derive(master, purpose),
    isClosing: () => isClosing,
    close() {
      isClosing = true
      return store.close()
    },
  })
}

function derive(master: MasterKey, purpose: string): string {
  return createHmac('sha256', master.key).update(purpose).digest('base64url')
}

const LINK_ID_LENGTH = 32

/** Without a key, so that a changed secret key does not found every link anew. */
function linkId(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, LINK_ID_LENGTH)
}

async function findSecret(config: Config, folder: DataFolder): Promise<Answer<string>> {
  if (config.secretKey !== null) return answer(config.secretKey)
  if (config.databaseUrl !== null) {
    return problem(
      'badConfiguration',
      'TANDEM_SECRET_KEY is not set, and with DATABASE_URL every process needs the same one.',
      'Write 32 random bytes in base64, e.g. the output of: openssl rand -base64 32.',
    )
  }
  const secret = await readSecretKeyFile(folder)
  if (Buffer.from(secret, 'base64').length === 32) return answer(secret)
  return problem('wrongSecretKey', `The file secret.key in ${folder.path} is damaged.`, 'Restore it from your copy.')
}

/** A wrong key would look like every sign-in being broken, and a new sign-in would be sealed under the wrong one. */
async function refuseWrongKey(store: Store, sealer: Sealer) {
  for (const connection of await store.connections.list()) {
    for (const id of credentialIds(connection)) {
      const credential = await store.vault.read(id)
      if (credential === undefined) continue
      if (openTokens(sealer, credential) !== undefined) return undefined
      return problem(
        'wrongSecretKey',
        'The secret key does not open what is stored: the sign-ins were sealed with another one.',
        'Set TANDEM_SECRET_KEY to the key that was used before, or restore the file secret.key of the data folder.',
      )
    }
  }
  return undefined
}

function credentialIds(connection: Connection): readonly string[] {
  return connection.state === 'disconnected' ? [] : [connection.zoho.credentialId, connection.xero.credentialId]
}
