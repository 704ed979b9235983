import { type Chance, createChance } from '@tandem/sandbox/core/chance.ts'
import { createClock } from '@tandem/sandbox/core/clock.ts'
import { ACCESS_LIFE_MS } from '@tandem/sandbox/xero/identity/grants.ts'
import { createXeroSandbox } from '@tandem/sandbox/xero/index.ts'
import type { RemoteOutcome } from '../../src/model/outcome.ts'
import { createAppNetwork, testSealer } from '../../src/remotes/http/testing.ts'
import { type AccessToken, REFRESH_MARGIN_MS } from '../../src/remotes/http/token-keeper.ts'
import { firstTokens, openTokens, sealTokens } from '../../src/remotes/http/tokens.ts'
import { createXeroLogin } from '../../src/remotes/xero/oauth.ts'
import type { Store } from '../../src/store/contract.ts'
import { BASE, REDIRECT, unwrap } from '../xero-sandbox.ts'
import { createLockstepClock, type LockstepClock } from './lockstep-clock.ts'
import { type Asking, createAsking, createMortalWorker, type Death, type MortalWorker } from './mortal-worker.ts'
import { createShakyNetwork, type ShakyNetwork } from './shaky-network.ts'

export const WORKERS = 20
/** Asks of one worker for one token; more of them would be a login that is lost. */
const TRIES_LIMIT = 60

export interface RaceOptions {
  readonly seed: number
  /** Share of refreshes that go wrong on the network. */
  readonly troubleShare: number
  /** Chance to die at each point where a process may. */
  readonly deathShare: number
  openStore(clock: LockstepClock): Promise<Store>
}

export interface Race {
  readonly clock: LockstepClock
  readonly network: ShakyNetwork
  readonly asking: Asking
  readonly deaths: ReadonlyMap<Death, number>
  /** The token runs out and all workers ask for the next, within seconds of each other. */
  round(): Promise<void>
  rotation(): Promise<number>
  /** Every worker asks once, whatever the answer. */
  askAll(): Promise<readonly RemoteOutcome<AccessToken>[]>
  /** The person withdraws the consent inside Xero. */
  revoke(): Promise<void>
  /** The person connects again. */
  consent(): Promise<void>
  storedRefreshWorks(): Promise<boolean>
  close(): Promise<void>
}

/** Twenty processes with one login, against the sandbox's token endpoint. */
export async function openRace(options: RaceOptions): Promise<Race> {
  const time = createClock({ startMs: Date.parse('2026-10-06T03:15:20.123Z'), rate: 0 })
  const sandbox = createXeroSandbox({ clock: time, chance: createChance(options.seed) })
  sandbox.setBaseUrl(BASE)
  const handle = async (request: Request) => sandbox.app.fetch(request)
  const clock = createLockstepClock(time)
  const chance = createChance(options.seed + 1)
  const network = createShakyNetwork({ clock, seed: options.seed + 2, share: options.troubleShare, handle })
  const { clientId, clientSecret } = sandbox.credentials
  const app = { clientId, clientSecret }
  const urls = { login: BASE, identity: BASE, api: BASE }
  const plain = createXeroLogin({ network: createAppNetwork(handle), urls, app })
  const shaky = createXeroLogin({ network, urls, app })
  const store = await options.openStore(clock)
  const consent = async () => {
    const answer = await handle(
      new Request(plain.authorizationUrl({ redirectUri: REDIRECT, state: 'race', organisations: 'one' })),
    )
    const code = new URL(answer.headers.get('location') ?? '').searchParams.get('code') ?? ''
    const { grant, userId } = unwrap(await plain.exchangeCode({ code, redirectUri: REDIRECT }))
    const tokens = firstTokens(grant, clock.now())
    if (tokens === undefined) throw new Error('No refresh token was granted')
    const owner = { system: 'xero', appId: clientId, remoteUserId: userId } as const
    return store.vault.save({ ...owner, id: 'race', rotation: 1, sealed: sealTokens(testSealer, owner, tokens) })
  }
  const credentialId = await consent()
  const deaths = new Map<Death, number>()
  const asking = createAsking()
  const start = (name: string) =>
    createMortalWorker({
      name,
      clock,
      vault: store.vault,
      credentialId,
      chance,
      deathShare: options.deathShare,
      refresh: shaky.refresh,
      asking,
    })
  const posts = Array.from({ length: WORKERS }, (_, at) => createPost({ at, start, deaths, clock, chance, handle }))
  const stored = async () => {
    const credential = await store.vault.read(credentialId)
    const tokens = credential === undefined ? undefined : openTokens(testSealer, credential)
    if (credential === undefined || tokens === undefined) throw new Error('The login is gone')
    return { credential, tokens }
  }
  return {
    clock,
    network,
    asking,
    deaths,
    rotation: async () => (await stored()).credential.rotation,
    async round() {
      const { tokens } = await stored()
      // Some rounds begin inside the margin, some after the token has run out.
      const begins = tokens.accessExpiresAt - chance.int(0, REFRESH_MARGIN_MS) + chance.pick([0, ACCESS_LIFE_MS / 10])
      await clock.until(clock.sleep(Math.max(0, begins - clock.now())))
      await clock.until(Promise.all(posts.map((post) => post.usableToken())))
    },
    askAll: () => clock.until(Promise.all(posts.map((post) => post.ask()))),
    async revoke() {
      unwrap(await plain.revoke((await stored()).tokens.refreshToken))
    },
    async consent() {
      await consent()
    },
    storedRefreshWorks: async () => (await plain.refresh((await stored()).tokens.refreshToken)).type === 'ok',
    async close() {
      time.stop()
      await store.close()
    },
  }
}

interface PostParts {
  readonly at: number
  readonly start: (name: string) => MortalWorker
  readonly deaths: Map<Death, number>
  readonly clock: LockstepClock
  readonly chance: Chance
  readonly handle: (request: Request) => Promise<Response>
}

interface Post {
  ask(): Promise<RemoteOutcome<AccessToken>>
  /** A token that the API accepts, however often it must be asked for. */
  usableToken(): Promise<void>
}

/** A place in the line of workers: whoever dies is replaced. */
function createPost(parts: PostParts): Post {
  const { clock, chance } = parts
  let generation = 0
  let worker = parts.start(`worker-${parts.at}-0`)
  const replace = (death: Death) => {
    parts.deaths.set(death, (parts.deaths.get(death) ?? 0) + 1)
    generation += 1
    worker = parts.start(`worker-${parts.at}-${generation}`)
  }
  const ask = async (): Promise<RemoteOutcome<AccessToken>> => {
    const answer = await Promise.race([worker.keeper.current(), worker.death])
    if (typeof answer !== 'string') return answer
    replace(answer)
    return ask()
  }
  const isAccepted = async ({ accessToken }: AccessToken) => {
    const headers = { authorization: `Bearer ${accessToken}` }
    const response = await clock.during(parts.handle(new Request(`${BASE}/connections`, { headers })))
    return response.status === 200
  }
  return {
    ask,
    async usableToken() {
      await clock.sleep(chance.int(0, 3_000))
      const seen: string[] = []
      while (seen.length < TRIES_LIMIT) {
        const answer = await ask()
        if (answer.type === 'ok' && (await isAccepted(answer.value))) return
        if (answer.type === 'disconnected') throw new Error(`The login is lost: ${answer.message}`)
        seen.push(answer.type)
        await clock.sleep(chance.int(1_000, 5_000))
      }
      throw new Error(`No usable token: ${seen.join(', ')}`)
    },
  }
}
