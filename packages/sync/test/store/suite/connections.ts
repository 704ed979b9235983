import { describe, expect, test } from 'vitest'
import { connectionNamed, markOf, zohoAccount } from '../fixtures.ts'
import type { Bench } from '../harness.ts'

export function connectionTests(bench: Bench): void {
  describe('connections', () => {
    test('a second connection to the same Zoho org is refused (bug: two engines write one CRM)', async () => {
      const id = bench.id('second')
      const own = connectionNamed(bench.connectionId)
      const answer = await bench.store.connections.create({ ...connectionNamed(id), zoho: own.zoho })
      expect(answer).toEqual({ type: 'taken', by: bench.connectionId })
      expect(await bench.store.connections.get(id)).toBeUndefined()
    })

    test('the same org id in another data centre is another org (bug: a stranger blocks a customer)', async () => {
      const id = bench.id('second')
      const own = connectionNamed(bench.connectionId)
      const zoho = { ...own.zoho, dataCentre: 'us' }
      expect(await bench.store.connections.create({ ...connectionNamed(id), zoho })).toEqual({ type: 'created' })
    })

    test('a reconnect onto a taken Xero tenant is refused (bug: the check holds only at creation)', async () => {
      const id = bench.id('second')
      await bench.store.connections.create(connectionNamed(id))
      const own = connectionNamed(bench.connectionId)
      const answer = await bench.store.connections.setEnds(id, { zoho: connectionNamed(id).zoho, xero: own.xero })
      expect(answer).toEqual({ type: 'taken', by: bench.connectionId })
    })

    test('what was saved comes back whole (bug: a column is forgotten)', async () => {
      const { connections } = bench.store
      const { settings } = connectionNamed('x')
      await connections.saveSettings(bench.connectionId, { ...settings, invoicePrefix: 'CRM-' }, 'bump')
      await connections.setState(bench.connectionId, 'paused', 'reconnectNeeded')
      await bench.lane.finishFirstSync()
      const expected = {
        ...connectionNamed(bench.connectionId),
        settings: { ...settings, invoicePrefix: 'CRM-' },
        generation: 2,
        state: 'paused',
        pausedCode: 'reconnectNeeded',
        firstSyncDone: true,
      }
      expect(await connections.get(bench.connectionId)).toEqual(expected)
      expect(await connections.list()).toContainEqual(expected)
    })

    test('settings of an older release come back complete (bug: a connection cannot be opened after an update)', async () => {
      const { settings } = connectionNamed('x')
      const { invoice: _invoice, swapAddresses: _swap, provisioned, ...older } = settings
      const { paymentState: _state, ...fewer } = provisioned
      const stored = { ...older, provisioned: fewer, newInvoiceStatus: 'AUTHORISED', defaultDueDays: 7 }
      await bench.store.connections.saveSettings(bench.connectionId, JSON.parse(JSON.stringify(stored)), 'keep')
      const read = await bench.store.connections.get(bench.connectionId)
      expect(read?.settings).toEqual({
        ...settings,
        invoice: {
          ...settings.invoice,
          arrivalStatus: { paid: 'AUTHORISED', unpaid: 'AUTHORISED' },
          dueRule: { type: 'daysAfter', days: 7 },
        },
      })
      expect((await bench.store.connections.list()).map((one) => one.settings)).toContainEqual(read?.settings)
    })

    test('a mark without a lane reaches the lane (bug: the record button does nothing)', async () => {
      await bench.store.connections.mark(bench.connectionId, [markOf(zohoAccount('A1'), { reason: 'person' })])
      expect(await bench.due()).toMatchObject([{ remoteId: 'A1', reason: 'person' }])
    })
  })
}
