import { collectionsOf, isReminder, KINDS, type ZohoCollection, zohoModulesOf } from '../../model/kind.ts'
import type { ConnectionSettings } from '../../model/settings.ts'
import { CUSTOM_MODULES } from './field-plan.ts'

/** One right that the consent screen asks for, with the reason that our own page shows beside it (R77). */
export interface ScopeRequest {
  readonly scope: string
  readonly reason: string
}

export interface ScopeWish {
  readonly collections: readonly ZohoCollection[]
  /** Collections in which deletes are switched on. */
  readonly deletesIn: readonly ZohoCollection[]
}

/** What these settings need: the modules that are looked at, and those in which records may go to the recycle bin. */
export function scopeWishOf(settings: ConnectionSettings): ScopeWish {
  const isRecycling = settings.deletedInXero === 'recycle'
  const deleting = KINDS.filter((kind) => isRecycling && settings.kinds[kind].isOn && settings.kinds[kind].zoho.delete)
  const own = deleting.map((kind) => collectionsOf(kind, 'zoho', settings.customerModel)[0])
  const collections = zohoModulesOf(settings)
  return { collections, deletesIn: collections.filter((collection) => own.includes(collection)) }
}

/** What a connection with these modules needs and nothing more (zoho-crm.md 1.7). */
export function scopesFor(wish: ScopeWish): readonly ScopeRequest[] {
  const hasCustom = wish.collections.some((collection) => CUSTOM_MODULES[collection] !== undefined)
  const asked = [
    ...wish.collections.flatMap(moduleScopes),
    ...wish.deletesIn.map((collection) => ({
      scope: `${scopeOf(collection)}.DELETE`,
      reason: `Delete ${collection} whose partner was deleted in Xero`,
    })),
    ...(hasCustom
      ? [
          {
            scope: 'ZohoCRM.settings.modules.CREATE',
            reason: "Make the modules that hold Xero's payments, credit notes and ledger accounts, if you want them",
          },
        ]
      : []),
    ...SHARED,
  ]
  // Custom modules share theirs: the first reason stands for all.
  return asked.filter(({ scope }, index) => asked.findIndex((one) => one.scope === scope) === index)
}

/** Deals are never made by us: they are read, and shown which invoice they have become. */
const DEALS: readonly ScopeRequest[] = [
  { scope: 'ZohoCRM.modules.deals.READ', reason: 'Know which deals are won, where won deals become invoices' },
  { scope: 'ZohoCRM.modules.deals.UPDATE', reason: 'Show on a deal which Xero invoice it has become' },
  { scope: 'ZohoCRM.modules.quotes.READ', reason: 'Read what was agreed for a won deal' },
]

/** Nor are purchase orders: they become bills, and show what is paid of them. */
const PURCHASE_ORDERS: readonly ScopeRequest[] = [
  { scope: 'ZohoCRM.modules.purchaseorders.READ', reason: 'Read the purchase orders that shall become bills' },
  { scope: 'ZohoCRM.modules.purchaseorders.UPDATE', reason: 'Show on a purchase order what became of its bill' },
]

/** Nobody's own tasks are read: those that we made, by our key. */
const TASKS: readonly ScopeRequest[] = [
  {
    scope: 'ZohoCRM.modules.tasks.READ',
    reason: 'See which of the tasks about overdue invoices people have dealt with',
  },
  { scope: 'ZohoCRM.modules.tasks.CREATE', reason: 'Give the owner of an overdue invoice a task, where you want that' },
  { scope: 'ZohoCRM.modules.tasks.UPDATE', reason: 'Complete such a task when its invoice is paid' },
]

/** Every custom module goes by one name; a standard one by its own, in lower case without underscore (zoho-crm.md 1.7). */
function scopeOf(collection: ZohoCollection): string {
  return `ZohoCRM.modules.${CUSTOM_MODULES[collection] === undefined ? collection.toLowerCase().replaceAll('_', '') : 'custom'}`
}

function moduleScopes(collection: ZohoCollection): readonly ScopeRequest[] {
  if (collection === 'Deals') return DEALS
  if (collection === 'Purchase_Orders') return PURCHASE_ORDERS
  if (isReminder(collection)) return TASKS
  const scope = scopeOf(collection)
  return [
    { scope: `${scope}.READ`, reason: `Read ${collection} and what was changed or deleted in them` },
    { scope: `${scope}.CREATE`, reason: `Create ${collection} that exist only in Xero` },
    { scope: `${scope}.UPDATE`, reason: `Bring changes from Xero into ${collection}` },
  ]
}

/** Scope that reads the organisation's taxes, by both readings of the sources (zoho-crm.md 1.7, unverified). */
export const TAX_SCOPES = ['ZohoCRM.settings.READ', 'ZohoCRM.org.READ'] as const

const SHARED: readonly ScopeRequest[] = [
  { scope: 'ZohoCRM.coql.READ', reason: 'Find records by their Xero ID exactly, without the lag of the search index' },
  { scope: 'ZohoCRM.settings.READ', reason: 'Read modules, fields, currencies and taxes to check the mapping' },
  { scope: 'ZohoCRM.settings.fields.CREATE', reason: 'Create the integration fields, such as Xero ID' },
  { scope: 'ZohoCRM.org.READ', reason: 'Know which organisation this is, its currency and its time zone' },
  {
    scope: 'ZohoCRM.users.READ',
    reason: 'Know the connected user, to tell our own changes from those of people, and who may own new records',
  },
  { scope: 'ZohoCRM.notifications.CREATE', reason: 'Be told at once when a record is saved' },
  { scope: 'ZohoCRM.notifications.UPDATE', reason: 'Renew these notifications, which live a week' },
  { scope: 'ZohoCRM.notifications.DELETE', reason: 'End these notifications when the connection ends' },
]
