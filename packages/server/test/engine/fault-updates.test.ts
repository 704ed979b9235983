import { afterEach, describe, expect, test } from 'vitest'
import { xeroEdit, zohoEdit } from '../../src/rig/acts.ts'
import type { EngineRig } from '../../src/rig/engine-rig.ts'
import { readStates } from '../../src/rig/oracle-state.ts'
import { settle } from '../../src/rig/settle.ts'
import { expectAgrees } from './corresponds.ts'
import { TROUBLES } from './fault-list.ts'
import { companyOf, firstCompany, syncedCompany } from './small-company.ts'

let rig: EngineRig
afterEach(() => rig.close())

const READ_TROUBLES = TROUBLES.filter(({ name }) => !name.startsWith('one row') && !name.startsWith('rows'))

// Catches: an edit given up, or overwritten by the old value, when the write that carries it is troubled (I3, I15).
describe('a trouble during updates each way', () => {
  test.each(TROUBLES)('$side: $name', async (trouble) => {
    rig = await syncedCompany({ rate: 1000, profile: { contacts: 6, invoices: 6 } })
    const { account, contact } = await firstCompany(rig)
    const { faults } = trouble.side === 'zoho' ? rig.zoho.control : rig.xero.control
    const method = trouble.side === 'zoho' ? 'PUT' : 'POST'
    const path = trouble.side === 'zoho' ? '/crm/v8/(Accounts|Contacts)' : '/api.xro/2.0/Contacts'
    faults.add({ effect: trouble.effect, method, path, skip: 0, times: trouble.times ?? 1 })
    for (const one of (await readStates(rig)).zoho.records.Accounts)
      await zohoEdit(rig, { module: 'Accounts', id: one.id }, { Phone: `+61 2 5550 7${one.id.slice(-3)}` })
    await xeroEdit(rig, { action: 'editContact', id: contact.id }, { EmailAddress: 'new.box@example.com' })
    expect((await settle(rig, { pauseMs: 90_000, limit: 30 })).end).toBe('quiet')
    const after = companyOf(await readStates(rig), account.id)
    expect(after.contact.phones.DEFAULT.PhoneNumber).toBe(`5550 7${account.id.slice(-3)}`)
    expect(after.contact.texts.EmailAddress).toBe('new.box@example.com')
    await expectAgrees(rig)
  })
})

// Catches: a read that is cut short taken for "nothing there" (absences, cursors moved past unread rows; I7).
describe('a trouble during reads', () => {
  test.each(READ_TROUBLES)('$side: $name', async (trouble) => {
    rig = await syncedCompany({ rate: 1000, profile: { contacts: 6, invoices: 6 } })
    const { account, contact } = await firstCompany(rig)
    await zohoEdit(rig, { module: 'Accounts', id: account.id }, { Phone: '+61 2 5550 7777' })
    await xeroEdit(rig, { action: 'editContact', id: contact.id }, { EmailAddress: 'new.box@example.com' })
    const invoice = (await readStates(rig)).xero.invoices[0]
    await xeroEdit(rig, { action: 'editInvoice', id: invoice?.id ?? '' }, { Reference: 'Read in trouble' })
    const { faults } = trouble.side === 'zoho' ? rig.zoho.control : rig.xero.control
    const path = trouble.side === 'zoho' ? '/crm/v8/' : '/api.xro/2.0/'
    for (const skip of [0, 1, 2, 3]) faults.add({ effect: trouble.effect, method: 'GET', path, skip, times: 1 })
    expect((await settle(rig, { pauseMs: 90_000, limit: 30 })).end).toBe('quiet')
    expect(faults.list()).toEqual([])
    await expectAgrees(rig)
    expect(companyOf(await readStates(rig), account.id).contact.phones.DEFAULT.PhoneNumber).toBe('5550 7777')
  })
})
