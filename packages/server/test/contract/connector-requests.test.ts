import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { checkLoggedRequests } from '../../../sandbox/test/contract/check-log.ts'
import { describeFinding } from '../../../sandbox/test/contract/finding.ts'
import { areSpecsMissing } from '../../../sandbox/test/contract/specs-folder.ts'
import { createEngineRig, type EngineRig } from '../../src/rig/engine-rig.ts'

/** A whole day's traffic of the engine: connect, first sync both ways, edits both ways, catch-up. */
describe.skipIf(areSpecsMissing())('what the connectors send', () => {
  let rig: EngineRig

  beforeAll(async () => {
    rig = await createEngineRig({ rate: 600 })
    await rig.syncApproved()
    const [edited] = rig.progress.flatMap((event) => (event.type === 'op' && event.kind === 'contact' ? [event] : []))
    expect(edited).toBeDefined()
    await rig.clock.advance(5_000)
    await act(rig, 'zoho', { action: 'bulkTouch', module: 'Accounts', count: 5 })
    await act(rig, 'xero', { action: 'bulkTouch', kind: 'contact', count: 5 })
    await act(rig, 'xero', { action: 'bulkTouch', kind: 'invoice', count: 5 })
    await rig.clock.advance(5_000)
    await rig.pass()
  })

  afterAll(() => rig.close())

  test.each(['zoho', 'xero'] as const)(
    '%s is asked only what its specification declares (bug: a misspelt field is ignored silently)',
    (side) => {
      const { log } = rig[side].control
      expect(log.list().length).toBeGreaterThan(10)
      expect(checkLoggedRequests(side, log.list()).map(describeFinding)).toEqual([])
    },
  )
})

async function act(
  rig: EngineRig,
  side: 'zoho' | 'xero',
  body: Readonly<Record<string, string | number>>,
): Promise<void> {
  const request = new Request(`http://localhost/__sandbox/act`, { method: 'POST', body: JSON.stringify(body) })
  const response = await rig[side].app.fetch(request)
  expect(response.status).toBe(200)
}
