import { expect } from 'vitest'
import type { EngineRig } from '../../src/rig/engine-rig.ts'
import { faultsOf, judge, type Verdict } from '../../src/rig/oracle.ts'

/** Both sides agree, nothing stands twice, nothing is lost (I1, I2, I11); what the inbox names is excused. */
export async function expectCorresponds(rig: EngineRig): Promise<Verdict> {
  const verdict = await judge(rig)
  expect(faultsOf(verdict)).toEqual([])
  return verdict
}

/** The same with no excuses: for tests in which nothing may wait for a person. */
export async function expectAgrees(rig: EngineRig): Promise<Verdict> {
  const verdict = await expectCorresponds(rig)
  expect(verdict.explained).toEqual([])
  expect(await rig.store.reports.inbox(rig.connectionId)).toEqual([])
  return verdict
}
