import { afterEach, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { xeroAct, zohoAct, zohoCreate, zohoEdit } from '../../src/rig/acts.ts'
import type { EngineRig } from '../../src/rig/engine-rig.ts'
import { faultsOf, judge } from '../../src/rig/oracle.ts'
import { readStates } from '../../src/rig/oracle-state.ts'
import { settle } from '../../src/rig/settle.ts'
import {
  allocate,
  allocationsOf,
  atRest,
  creditCompany,
  creditNote,
  crmInvoice,
  crmNote,
  crmNotes,
  crmPayments,
  type OpenInvoice,
  openInvoice,
  paymentsOf,
  withTypedAllocations,
} from './credits.ts'
import { loseAnswers } from './lose-answers.ts'
import { firstCompany } from './small-company.ts'

let rig: EngineRig
afterEach(() => rig.close())

/* Credit notes and allocations that are written in the CRM (R38a). */

describe('a credit note that is typed in the CRM', () => {
  // Catches: a note that is approved by itself, another total than was typed, a number of Xero's own.
  test('becomes a draft of one line with its number, total and tax', async () => {
    rig = await creditCompany()
    await writeNote({ Credit_Tax: 'GST', Credit_Description: 'Two broken shelves', Credit_Reference: 'RMA 9' })
    await atRest(rig)
    const [made, ...others] = (await readStates(rig)).xero.creditNotes
    expect(others).toEqual([])
    expect(made).toMatchObject({ type: 'ACCRECCREDIT', status: 'DRAFT', number: 'CN-CRM-1', total: '12.34' })
    expect(await crmNote(rig, made?.id ?? '')).toMatchObject({
      Name: 'CN-CRM-1',
      Credit_Total: '12.34',
      Credit_Remaining: '12.34',
      Credit_Status: 'Draft',
      Credit_Date: made?.date,
    })
    expect(faultsOf(await judge(rig))).toEqual([])
  })

  // Catches: something missing that is told as a refusal of Xero's, or not at all.
  test.each([
    ['no amount', { Credit_Total: null }, 'requiredValueMissing'],
    ['no such tax', { Credit_Tax: 'Sales tax of the moon' }, 'taxNotValid'],
    ['no customer', { Credit_Customer: null }, 'missingParent'],
    ['a locked period', { Credit_Date: '2020-01-01' }, 'lockDate'],
    ['a currency that Xero does not have', { Credit_Currency: 'XAU' }, 'currencyNotEnabled'],
  ])('waits by name: %s', async (_what, values, code) => {
    rig = await creditCompany()
    await xeroAct(rig, { action: 'setLockDate', period: '2020-06-30' })
    await writeNote({ Credit_Tax: 'GST', ...values })
    await settle(rig)
    expect((await rig.store.reports.inbox(rig.connectionId)).map((item) => item.code)).toContain(code)
    expect((await readStates(rig)).xero.creditNotes).toEqual([])
  })

  // Catches: an edit that changes an approved document of the ledger, or is lost without a word (R36a).
  test('is changed from there while it is a draft, and locked once it is approved', async () => {
    rig = await creditCompany()
    const { id } = await writeNote({ Credit_Tax: 'GST' })
    await atRest(rig)
    await zohoEdit(rig, { module: 'XeroCreditNotes', id }, { Credit_Reference: 'Second thoughts' })
    await atRest(rig)
    const [made] = (await readStates(rig)).xero.creditNotes
    expect(made).toMatchObject({ reference: 'Second thoughts' })
    await xeroAct(rig, { action: 'approveCreditNote', id: made?.id })
    await atRest(rig)
    await zohoEdit(rig, { module: 'XeroCreditNotes', id }, { Credit_Reference: 'Too late' })
    await settle(rig)
    expect((await readStates(rig)).xero.creditNotes[0]).toMatchObject({ reference: 'Second thoughts' })
    expect((await rig.store.reports.inbox(rig.connectionId)).map((item) => item.code)).toContain('recordLocked')
  })

  // Catches: a second note where the answer of the first was lost (I2).
  test('is made once, whatever becomes of the answers', async () => {
    rig = await creditCompany()
    loseAnswers(rig, 'xero', 'CreditNotes')
    await writeNote({ Credit_Tax: 'GST' })
    expect((await settle(rig, { pauseMs: 90_000 })).end).toBe('quiet')
    const notes = (await readStates(rig)).xero.creditNotes
    expect(notes).toHaveLength(1)
    expect((await crmNotes(rig)).map((one) => one.Xero_ID)).toEqual([notes[0]?.id])
  })
})

describe('credit that is put against invoices in the CRM', () => {
  // Catches: one allocation for all, one sent before the note is approved, or twice.
  test('goes to several invoices in part, once the note is approved', async () => {
    rig = await creditCompany(withTypedAllocations)
    const [one, two] = [await openInvoice(rig), await openInvoice(rig)]
    const made = await creditNote(rig, one.contactId, { Status: 'DRAFT' })
    await atRest(rig)
    const note = await crmNote(rig, made.id)
    await typeAllocation(note.id, one, 20)
    await typeAllocation(note.id, two, 30.5)
    await settle(rig)
    expect((await rig.store.reports.inbox(rig.connectionId)).map((item) => item.code)).toEqual([
      'creditNotReady',
      'creditNotReady',
    ])
    await xeroAct(rig, { action: 'approveCreditNote', id: made.id })
    await atRest(rig)
    expect(await rig.store.reports.inbox(rig.connectionId)).toEqual([])
    const [books] = (await readStates(rig)).xero.creditNotes
    expect(books?.allocations.map(({ invoiceId, amount }) => `${invoiceId} ${amount}`).sort()).toEqual(
      [`${one.id} 20`, `${two.id} 30.5`].sort(),
    )
    expect(await paymentsOf(rig, one)).toMatchObject([{ Paid_Amount: '20', Payment_Status: 'Applied' }])
    expect(await crmInvoice(rig, two)).toMatchObject({ Xero_Amount_Due: '57.5', Xero_Payment_State: 'Partly paid' })
    expect(await crmNote(rig, made.id)).toMatchObject({ Credit_Remaining: '4.5' })
    expect(faultsOf(await judge(rig))).toEqual([])
  })

  // Catches: an allocation that is sent again because its answer was lost: Xero enforces no key of it.
  test('is allocated once when every answer is lost', async () => {
    rig = await creditCompany(withTypedAllocations)
    const invoice = await openInvoice(rig)
    const made = await creditNote(rig, invoice.contactId)
    await atRest(rig)
    rig.xero.control.faults.add({
      effect: { type: 'dropAfter' },
      method: 'PUT',
      path: '/Allocations',
      skip: 0,
      times: 3,
    })
    await typeAllocation((await crmNote(rig, made.id)).id, invoice, 20)
    await settle(rig, { pauseMs: 240_000, limit: 20 })
    await atRest(rig)
    expect(await allocationsOf(rig, made.id)).toHaveLength(1)
    expect(await crmPayments(rig)).toMatchObject([{ Paid_Amount: '20', Payment_Status: 'Applied' }])
    expect(await rig.store.reports.inbox(rig.connectionId)).toEqual([])
    expect(faultsOf(await judge(rig))).toEqual([])
  })

  // Catches: more than there is, told by Xero's refusal after the call instead of before it.
  test('waits where the note has not so much left, and goes on when it has', async () => {
    rig = await creditCompany(withTypedAllocations)
    const invoice = await openInvoice(rig)
    const made = await creditNote(rig, invoice.contactId)
    await allocate(rig, made, invoice, '40.00')
    await atRest(rig)
    await typeAllocation((await crmNote(rig, made.id)).id, invoice, 20)
    await settle(rig)
    const [held] = await rig.store.reports.inbox(rig.connectionId)
    expect(held).toMatchObject({ code: 'creditNotReady' })
    const [first = ''] = await allocationsOf(rig, made.id)
    await xeroAct(rig, { action: 'removeAllocation', id: first })
    await atRest(rig)
    expect(await rig.store.reports.inbox(rig.connectionId)).toEqual([])
    expect((await paymentsOf(rig, invoice)).map((one) => `${one.Paid_Amount} ${one.Payment_Status}`).sort()).toEqual([
      '20 Applied',
      '40 Deleted',
    ])
  })

  // Catches: waiting for ever, because the invoice owes again what it owed when it was last looked at.
  test('goes on when the invoice is as it was, although it was paid in between', async () => {
    rig = await creditCompany(withTypedAllocations)
    const invoice = await openInvoice(rig)
    const made = await creditNote(rig, invoice.contactId)
    await atRest(rig)
    const paid = await xeroAct(rig, { action: 'pay', id: invoice.id, amount: '80.00' })
    await typeAllocation((await crmNote(rig, made.id)).id, invoice, 20)
    // Until no list shows what was typed any more.
    for (let passes = 0; passes < 4; passes += 1) {
      await rig.pass({ scope: { kinds: ['payment'], mode: 'both', since: null } })
      await rig.clock.advance(90_000)
    }
    const [held] = await rig.store.reports.inbox(rig.connectionId)
    expect(held).toMatchObject({ code: 'creditNotReady' })
    await xeroAct(rig, { action: 'unpay', id: z.object({ id: z.string() }).parse(paid).id })
    await atRest(rig)
    expect(await rig.store.reports.inbox(rig.connectionId)).toEqual([])
    expect((await paymentsOf(rig, invoice)).map((one) => `${one.Paid_Amount} ${one.Payment_Status}`)).toEqual([
      '80 Deleted',
      '20 Applied',
    ])
  })

  // Catches: what a bookkeeper has done meanwhile, done a second time.
  test('is taken for the one that a bookkeeper has made of the same credit, invoice and amount', async () => {
    rig = await creditCompany(withTypedAllocations)
    const invoice = await openInvoice(rig)
    const made = await creditNote(rig, invoice.contactId)
    await atRest(rig)
    await allocate(rig, made, invoice, '20.00')
    await typeAllocation((await crmNote(rig, made.id)).id, invoice, 20)
    await atRest(rig)
    expect(await allocationsOf(rig, made.id)).toHaveLength(1)
    expect(await crmPayments(rig)).toHaveLength(1)
  })

  // Catches: a candidate that is asked for, or chosen, as if it were a payment: Xero refuses that, and with it each later pass.
  test('waits for a person where two would fit, is planned again there, and is what that person chooses', async () => {
    rig = await creditCompany(withTypedAllocations)
    const invoice = await openInvoice(rig)
    const made = await creditNote(rig, invoice.contactId)
    await atRest(rig)
    await allocate(rig, made, invoice, '20.00')
    await allocate(rig, made, invoice, '20.00')
    const note = await crmNote(rig, made.id)
    await typeAllocation(note.id, invoice, 20)
    await settle(rig)
    expect((await rig.store.reports.inbox(rig.connectionId)).map(({ code }) => code)).toContain('ambiguousMatch')
    const typed = (await crmPayments(rig)).find(({ Name }) => Name === 'Credit')
    await zohoEdit(rig, { module: 'XeroPayments', id: typed?.id ?? '' }, { Payment_Reference: 'Which of them?' })
    expect(await rig.pass()).toMatchObject({ type: 'done' })
    const [one = '', ...others] = await allocationsOf(rig, made.id)
    expect(others).toHaveLength(1)
    expect(faultsOf(await judge(rig))).toEqual([])
    const inbox = await rig.store.reports.inbox(rig.connectionId)
    const [held, other] = [inbox.find(({ title }) => title === 'Credit'), inbox.find(({ title }) => title !== 'Credit')]
    const remoteId = `C:${made.id}:${one}`
    const at = rig.ports.clock.now()
    const chosen = { type: 'link', side: 'xero', remoteId, at } as const
    expect(await rig.store.reports.resolve(rig.connectionId, held?.id ?? '', chosen)).toBe('resolved')
    await atRest(rig)
    expect((await crmPayments(rig)).find(({ id }) => id === typed?.id)).toMatchObject({ Xero_ID: remoteId })
    // The other one is looked at again when somebody says so.
    await rig.store.reports.resolve(rig.connectionId, other?.id ?? '', { type: 'retry', at })
    await atRest(rig)
    expect((await crmPayments(rig)).map(({ Payment_Status }) => Payment_Status)).toEqual(['Applied', 'Applied'])
    expect(await rig.store.reports.inbox(rig.connectionId)).toEqual([])
    expect(faultsOf(await judge(rig))).toEqual([])
  })

  // Catches: switched off by itself, and yet sent.
  test('stays in the CRM where nobody has allowed it', async () => {
    rig = await creditCompany()
    const invoice = await openInvoice(rig)
    const made = await creditNote(rig, invoice.contactId)
    await atRest(rig)
    await typeAllocation((await crmNote(rig, made.id)).id, invoice, 20)
    await atRest(rig)
    expect(await allocationsOf(rig, made.id)).toEqual([])
  })
})

async function writeNote(values: Readonly<Record<string, unknown>>) {
  const { account } = await firstCompany(rig)
  return zohoCreate(rig, 'XeroCreditNotes', {
    Name: 'CN-CRM-1',
    Credit_Customer: { id: account.id },
    Credit_Total: 12.34,
    ...values,
  })
}

async function typeAllocation(noteId: string, invoice: OpenInvoice, amount: number): Promise<void> {
  await zohoAct(rig, {
    action: 'create',
    module: 'XeroPayments',
    values: {
      Name: 'Credit',
      Payment_Type: 'Credit note',
      Credit_Note_Used: { id: noteId },
      Paid_Invoice: { id: invoice.zohoId },
      Paid_Amount: amount,
    },
  })
}
