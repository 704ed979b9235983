import { z } from 'zod'
import type { ControlAnswer } from '../../core/control.ts'
import { ApiProblem, ElementRefused, UnknownId } from '../api/problem.ts'
import type { XeroWorld } from '../world.ts'
import { type Act, actSchema } from './act-schema.ts'
import { bulkTouch } from './bulk-touch.ts'
import { archiveContact, createContact, editContact, mergeContacts, restoreContact } from './contact-acts.ts'
import {
  approve,
  createInvoiceByHand,
  deleteDraft,
  editInvoiceByHand,
  pay,
  unpay,
  voidInvoice,
} from './invoice-acts.ts'
import { performMoneyAct } from './money-act.ts'
import {
  archiveAccount,
  archiveTaxRate,
  createBankAccount,
  createItem,
  deleteItemByHand,
  editAccount,
  editItem,
  saveTrackingOption,
  setLockDate,
} from './setting-acts.ts'

/** Does what a person does inside Xero; changes move UpdatedDateUTC and raise webhook events like any other. */
export async function act(world: XeroWorld, body: unknown): Promise<ControlAnswer> {
  const parsed = actSchema.safeParse(body)
  if (!parsed.success) return { ok: false, message: z.prettifyError(parsed.error) }
  if (parsed.data.action === 'configureWebhook') {
    const outcome = await world.webhooks.configure(parsed.data.url, parsed.data.categories)
    return outcome.passed ? { ok: true, result: outcome } : { ok: false, message: outcome.message }
  }
  const deed = parsed.data
  return refusable(() => {
    const result = world.books.journal.attempt(() => perform(world, deed))
    world.webhooks.enqueue(world.books.takeEvents())
    return result
  })
}

function refusable(work: () => unknown): ControlAnswer {
  try {
    return { ok: true, result: work() }
  } catch (error) {
    const isKnown = error instanceof ElementRefused || error instanceof UnknownId || error instanceof ApiProblem
    if (isKnown) return { ok: false, message: error.message }
    throw error
  }
}

function perform(world: XeroWorld, deed: Exclude<Act, { action: 'configureWebhook' }>): unknown {
  const { books } = world
  switch (deed.action) {
    case 'createContact':
      return createContact(books, deed.fields)
    case 'editContact':
      return editContact(books, deed.id, deed.fields)
    case 'archiveContact':
      return archiveContact(books, deed.id)
    case 'restoreContact':
      return restoreContact(books, deed.id)
    case 'mergeContacts':
      return mergeContacts(books, deed)
    case 'createInvoice':
      return createInvoiceByHand(books, deed.fields)
    case 'editInvoice':
      return editInvoiceByHand(books, deed.id, deed.fields)
    case 'approve':
      return approve(books, deed.id)
    case 'pay':
      return pay(books, deed)
    case 'unpay':
      return unpay(books, deed.id)
    case 'void':
      return voidInvoice(books, deed.id)
    case 'deleteDraft':
      return deleteDraft(books, deed.id)
    case 'createItem':
      return createItem(books, deed.fields)
    case 'renameItem':
      return editItem(books, deed.id, {
        ...(deed.name === undefined ? {} : { Name: deed.name }),
        ...(deed.code === undefined ? {} : { Code: deed.code }),
      })
    case 'editItem':
      return editItem(books, deed.id, deed.fields)
    case 'deleteItem':
      return deleteItemByHand(books, deed.id)
    case 'setLockDate':
      return setLockDate(books, deed)
    case 'archiveTaxRate':
      return archiveTaxRate(books, deed.taxType)
    case 'archiveAccount':
      return archiveAccount(books, deed.code)
    case 'editAccount':
      return editAccount(books, deed.code, deed)
    case 'saveTrackingOption':
      return saveTrackingOption(books, deed)
    case 'createBankAccount':
      return createBankAccount(books, deed)
    case 'disconnectApp':
      for (const connection of world.connections.list()) world.connections.disconnect(connection.id)
      return 'disconnected'
    case 'expireTokens':
      return { expired: world.grants.expireAccessTokens() }
    case 'bulkTouch':
      return bulkTouch(books, deed)
    default:
      return performMoneyAct(books, deed)
  }
}
