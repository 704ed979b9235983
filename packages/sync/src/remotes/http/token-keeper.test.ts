import { describe, expect, it } from 'vitest'
import { ok, type RemoteOutcome } from '../../model/outcome.ts'
import type { Clock } from '../../ports/clock.ts'
import { noCrash } from '../../ports/crash-point.ts'
import { createTestChance, createTestClock, createTestVault, settleMicrotasks, testSealer } from './testing.ts'
import { createTokenKeeper, REFRESH_MARGIN_MS, type TokenKeeperPorts } from './token-keeper.ts'
import { firstTokens, openTokens, sealTokens, type TokenGrant } from './tokens.ts'

const OWNER = { id: 'cred-1', system: 'xero', appId: 'app', remoteUserId: 'user-1' } as const
const HALF_HOUR_S = 1800

const grant = (name: string, refreshToken: string | null = `refresh-${name}`): TokenGrant => ({
  accessToken: `access-${name}`,
  expiresInSeconds: HALF_HOUR_S,
  refreshToken,
  scopes: ['accounting.contacts'],
})

const lost: RemoteOutcome<TokenGrant> = { type: 'unknown', code: 'connectionLost', message: 'lost' }
const revoked: RemoteOutcome<TokenGrant> = { type: 'disconnected', code: 'reconnectNeeded', message: 'invalid_grant' }
const down: RemoteOutcome<TokenGrant> = {
  type: 'unavailable',
  code: 'remoteUnavailable',
  message: '503',
  retryAfterMs: null,
}

/** A stored login and a remote that answers refreshes from a script. */
function setUp(answers: readonly RemoteOutcome<TokenGrant>[]) {
  const clock = createTestClock()
  const tokens = firstTokens(grant('0'), clock.now())
  if (tokens === undefined) throw new Error('no refresh token')
  const vault = createTestVault({ ...OWNER, rotation: 1, sealed: sealTokens(testSealer, OWNER, tokens) })
  const asked: string[] = []
  const refresh = async (refreshToken: string) => {
    const answer = answers[asked.length]
    asked.push(refreshToken)
    await clock.sleep(100)
    if (answer === undefined) throw new Error('asked once too often')
    return answer
  }
  const chance = createTestChance()
  const keeper = () =>
    createTokenKeeper({ crash: noCrash, vault, sealer: testSealer, clock, chance, credentialId: OWNER.id, refresh })
  return { clock, vault, asked, keeper }
}

async function during<T>(clock: { advance(ms: number): Promise<void> }, work: Promise<T>): Promise<T> {
  await settleMicrotasks()
  await clock.advance(1000)
  return work
}

const nameOf = (outcome: RemoteOutcome<{ readonly accessToken: string }>) =>
  outcome.type === 'ok' ? outcome.value.accessToken : `${outcome.type}`

describe('token keeper', () => {
  it('uses the stored token while it is good, without asking the remote', async () => {
    const { keeper, asked } = setUp([])
    expect(nameOf(await keeper().current())).toBe('access-0')
    expect(asked).toEqual([])
  })

  it('refreshes shortly before expiry: a token must not run out on the way', async () => {
    const { clock, keeper, asked } = setUp([ok(grant('1'))])
    await clock.advance(HALF_HOUR_S * 1000 - REFRESH_MARGIN_MS)
    const one = keeper()
    expect(nameOf(await during(clock, one.current()))).toBe('access-1')
    expect(nameOf(await one.current())).toBe('access-1')
    expect(asked).toEqual(['refresh-0'])
  })

  it('asks once for twenty callers in two processes: a second rotation would lose the first', async () => {
    const { clock, keeper, asked, vault } = setUp([ok(grant('1'))])
    await clock.advance(HALF_HOUR_S * 1000)
    const [a, b] = [keeper(), keeper()]
    const work = Promise.all(Array.from({ length: 20 }, (_, index) => (index % 2 === 0 ? a : b).current()))
    await settleMicrotasks()
    await clock.advance(2000)
    expect(new Set((await work).map(nameOf))).toEqual(new Set(['access-1']))
    expect(asked).toEqual(['refresh-0'])
    expect(vault.stored.length).toBe(1)
  })

  it('does not refresh a token that somebody else has replaced already', async () => {
    const { clock, keeper, asked } = setUp([ok(grant('1'))])
    const [a, b] = [keeper(), keeper()]
    const stale = await a.current()
    const held = await b.current()
    if (stale.type !== 'ok' || held.type !== 'ok') throw new Error('no token')
    expect(nameOf(await during(clock, a.refreshed(stale.value)))).toBe('access-1')
    expect(nameOf(await during(clock, b.refreshed(held.value)))).toBe('access-1')
    expect(asked.length).toBe(1)
  })

  it('asks again with the old refresh token when the answer was lost, and stores only the new one (C11)', async () => {
    const { clock, keeper, asked, vault } = setUp([lost, ok(grant('1'))])
    await clock.advance(HALF_HOUR_S * 1000)
    expect(nameOf(await during(clock, keeper().current()))).toBe('access-1')
    expect(asked).toEqual(['refresh-0', 'refresh-0'])
    const stored = vault.stored[0] ?? ''
    expect(openTokens(testSealer, { ...OWNER, rotation: 2, sealed: stored })?.refreshToken).toBe('refresh-1')
  })

  it('never answers unknown: the call it was for was not even tried', async () => {
    const { clock, keeper } = setUp([lost, lost, ok(grant('1'))])
    await clock.advance(HALF_HOUR_S * 1000)
    const one = keeper()
    expect(nameOf(await during(clock, one.current()))).toBe('unavailable')
    // The claim was given back, so the next caller need not wait for it to expire.
    expect(nameOf(await during(clock, one.current()))).toBe('access-1')
  })

  it('says that a person must reconnect when the refresh token is dead', async () => {
    const { clock, keeper } = setUp([revoked])
    await clock.advance(HALF_HOUR_S * 1000)
    expect(await during(clock, keeper().current())).toMatchObject({ type: 'disconnected', code: 'reconnectNeeded' })
  })

  it('asks no second time with a refresh token that was called dead, and goes on once the person has connected again', async () => {
    const { clock, keeper, asked, vault } = setUp([revoked, ok(grant('2'))])
    await clock.advance(HALF_HOUR_S * 1000)
    const one = keeper()
    for (let time = 0; time < 3; time += 1) expect(nameOf(await during(clock, one.current()))).toBe('disconnected')
    expect(asked).toEqual(['refresh-0'])
    const anew = firstTokens(grant('1'), clock.now() - HALF_HOUR_S * 1000)
    if (anew === undefined) throw new Error('no refresh token')
    await vault.rotate(OWNER.id, 1, { owner: 'person', nowMs: clock.now(), claimTtlMs: 1 })
    await vault.finishRotation(OWNER.id, 'person', sealTokens(testSealer, OWNER, anew))
    expect(nameOf(await during(clock, one.current()))).toBe('access-2')
    expect(asked).toEqual(['refresh-0', 'refresh-1'])
  })

  it('works on with a token inside the margin while the login server is down', async () => {
    const { clock, keeper } = setUp([down])
    await clock.advance(HALF_HOUR_S * 1000 - REFRESH_MARGIN_MS)
    expect(nameOf(await during(clock, keeper().current()))).toBe('access-0')
  })

  it('keeps the refresh token of a system that does not rotate it', async () => {
    const { clock, keeper, vault } = setUp([ok(grant('1', null))])
    await clock.advance(HALF_HOUR_S * 1000)
    await during(clock, keeper().current())
    const sealed = vault.stored[0] ?? ''
    expect(openTokens(testSealer, { ...OWNER, rotation: 2, sealed })?.refreshToken).toBe('refresh-0')
  })

  it('waits for a process that died while refreshing no longer than its claim', async () => {
    const { clock, keeper, vault } = setUp([ok(grant('1'))])
    await clock.advance(HALF_HOUR_S * 1000)
    await vault.rotate(OWNER.id, 1, { owner: 'dead', nowMs: clock.now(), claimTtlMs: 60_000 })
    const work = keeper().current()
    await clock.advance(59_000)
    await clock.advance(2000)
    expect(nameOf(await work)).toBe('access-1')
  })

  // Catches: a claim that outlives its dead owner by a minute, for which every call after a restart then waits (C11).
  it('goes on within seconds of a process that died while refreshing', async () => {
    const { clock, keeper, vault } = setUp([ok(grant('1'))])
    await clock.advance(HALF_HOUR_S * 1000)
    const never = new Promise<never>(() => undefined)
    void otherProcess({ vault, clock: { ...readingsOf(clock), sleep: () => never }, refresh: () => never })
    await settleMicrotasks()
    const started = clock.monotonic()
    const next = keeper().current()
    for (let second = 0; second < 8; second += 1) await clock.advance(1000)
    expect(nameOf(await next)).toBe('access-1')
    expect(clock.monotonic() - started).toBeLessThan(10_000)
  })

  // Catches: a claim that runs out while its living owner waits for an answer: two refreshes at once.
  it('waits for a process that is only slow, and takes the token that it got', async () => {
    const { clock, keeper, vault } = setUp([])
    await clock.advance(HALF_HOUR_S * 1000)
    const refresh = async () => {
      await clock.sleep(20_000)
      return ok(grant('slow'))
    }
    const slow = otherProcess({ vault, clock, refresh })
    await settleMicrotasks()
    const next = keeper().current()
    for (let second = 0; second < 24; second += 1) await clock.advance(1000)
    expect(nameOf(await slow)).toBe('access-slow')
    expect(nameOf(await next)).toBe('access-slow')
    expect(vault.stored.length).toBe(1)
  })

  it('does not open a credential that was copied to another row', async () => {
    const tokens = firstTokens(grant('0'), 0)
    if (tokens === undefined) throw new Error('no refresh token')
    const sealed = sealTokens(testSealer, OWNER, tokens)
    expect(openTokens(testSealer, { ...OWNER, remoteUserId: 'mallory', rotation: 1, sealed })).toBeUndefined()
  })
})

function otherProcess(parts: Pick<TokenKeeperPorts, 'vault' | 'clock' | 'refresh'>) {
  return createTokenKeeper({
    ...parts,
    crash: noCrash,
    sealer: testSealer,
    chance: { ...createTestChance(), uuid: () => 'other' },
    credentialId: OWNER.id,
  }).current()
}

function readingsOf(clock: Clock): Pick<Clock, 'now' | 'monotonic'> {
  return { now: () => clock.now(), monotonic: () => clock.monotonic() }
}
