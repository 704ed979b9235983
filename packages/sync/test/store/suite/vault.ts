import { describe, expect, test } from 'vitest'
import type { Bench } from '../harness.ts'

export function vaultTests(bench: Bench): void {
  const credential = () =>
    ({
      id: bench.id('cred'),
      system: 'xero',
      appId: 'app',
      remoteUserId: bench.id('user'),
      sealed: 'v1.sealed',
      rotation: 1,
    }) as const

  describe('vault', () => {
    test('one credential per login: saving again keeps the id and grows the rotation (bug: two tokens for one login)', async () => {
      const { vault } = bench.store
      const id = await vault.save(credential())
      expect(await vault.save({ ...credential(), id: bench.id('other'), sealed: 'v1.newer' })).toBe(id)
      expect(await vault.read(id)).toEqual({ ...credential(), sealed: 'v1.newer', rotation: 2 })
      expect(await vault.read(bench.id('none'))).toBeUndefined()
    })

    test('one refresh at a time; the others get the newer one (bug: a rotated refresh token is used twice, C11)', async () => {
      const { vault } = bench.store
      const id = await vault.save(credential())
      const claim = (owner: string) => ({ owner, nowMs: 1000, claimTtlMs: 30_000 })
      const claims = await Promise.all(['a', 'b', 'c', 'd'].map((owner) => vault.rotate(id, 1, claim(owner))))
      expect(claims.map((answer) => answer.type).sort()).toEqual(['busy', 'busy', 'busy', 'mine'])
      const winner = ['a', 'b', 'c', 'd'][claims.findIndex((answer) => answer.type === 'mine')] ?? ''
      await vault.finishRotation(id, winner, 'v1.fresh')
      const late = await vault.rotate(id, 1, claim('e'))
      expect(late).toMatchObject({ type: 'newer', credential: { sealed: 'v1.fresh', rotation: 2 } })
      expect(await vault.rotate(id, 2, claim('e'))).toEqual({ type: 'mine' })
    })

    test('a dead owner’s claim runs out, an abandoned one is free at once (bug: no refresh until a restart)', async () => {
      const { vault } = bench.store
      const id = await vault.save(credential())
      await vault.rotate(id, 1, { owner: 'dead', nowMs: 1000, claimTtlMs: 30_000 })
      expect(await vault.rotate(id, 1, { owner: 'b', nowMs: 30_999, claimTtlMs: 30_000 })).toEqual({ type: 'busy' })
      expect(await vault.rotate(id, 1, { owner: 'b', nowMs: 31_000, claimTtlMs: 30_000 })).toEqual({ type: 'mine' })
      await vault.abandonRotation(id, 'b')
      expect(await vault.rotate(id, 1, { owner: 'c', nowMs: 31_001, claimTtlMs: 30_000 })).toEqual({ type: 'mine' })
    })

    test('a late answer is kept though its claim ran out (bug: the only living refresh token is thrown away, C12)', async () => {
      const { vault } = bench.store
      const id = await vault.save(credential())
      await vault.rotate(id, 1, { owner: 'slow', nowMs: 1000, claimTtlMs: 10 })
      await vault.rotate(id, 1, { owner: 'b', nowMs: 2000, claimTtlMs: 10 })
      await vault.finishRotation(id, 'slow', 'v1.late')
      expect(await vault.read(id)).toMatchObject({ sealed: 'v1.late', rotation: 2 })
    })
  })
}
