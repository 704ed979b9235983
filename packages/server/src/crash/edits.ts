import { createChance } from '@tandem/sandbox'
import { xeroCreate, xeroEdit, zohoCreate, zohoEdit } from '../rig/acts.ts'
import { type BothStates, readStates } from '../rig/oracle-state.ts'
import type { Sandboxes } from '../sandboxes/sandboxes.ts'

type Side = 'zoho' | 'xero'

/** A value that a person typed, and what stood there when they did. */
export interface Edit {
  readonly side: Side
  readonly field: 'phone' | 'price'
  readonly id: string
  readonly value: string
  readonly seen: string
}

/** What people do in both systems, chosen by a seed. Every value is typed once only, so that it can be followed. */
export interface People {
  /** One round: edits on either side, one field on both sides at once, and new records. */
  work(): Promise<void>
  /** One more edit of an earlier kind, to set off a webhook. */
  touch(): Promise<void>
  edits(): readonly Edit[]
}

export function createPeople(sandboxes: Sandboxes, seed: number): People {
  const chance = createChance(seed + 1_000_003)
  const rig = { zoho: sandboxes.zoho.sandbox, xero: sandboxes.xero.sandbox }
  const edits: Edit[] = []
  let typed = 0
  const next = () => {
    typed += 1
    return typed
  }

  async function type(side: Side, field: Edit['field'], id: string): Promise<void> {
    const seen = shownValue(await readStates(rig), { side, field, id })
    const value =
      field === 'phone'
        ? `5${String(1_000_000 + seed * 97 + next() * 1009).slice(-7)}`
        : `${100 + next()}.${11 + 2 * (seed % 44)}`
    if (side === 'zoho' && field === 'phone')
      await zohoEdit(rig, { module: 'Accounts', id }, { Phone: `+61 2 ${value}` })
    else if (side === 'zoho') await zohoEdit(rig, { module: 'Products', id }, { Unit_Price: Number(value) })
    else if (field === 'phone') {
      const Phones = [{ PhoneType: 'DEFAULT', PhoneNumber: value, PhoneAreaCode: '2', PhoneCountryCode: '61' }]
      await xeroEdit(rig, { action: 'editContact', id }, { Phones })
    } else await xeroEdit(rig, { action: 'editItem', id }, { SalesDetails: { UnitPrice: Number(value) } })
    edits.push({ side, field, id, value, seen })
  }

  async function work(): Promise<void> {
    const states = await readStates(rig)
    const [both, ...others] = shuffled(pairsOf(states), chance)
    if (both !== undefined) {
      await type('zoho', both.field, both.zoho)
      await type('xero', both.field, both.xero)
    }
    for (const pair of others.slice(0, 3)) {
      const side = chance.pick<Side>(['zoho', 'xero'])
      await type(side, pair.field, pair[side])
    }
    await create(states)
  }

  async function create({ zoho, xero }: BothStates): Promise<void> {
    const name = `Crash ${seed} ${next()}`
    const account = await zohoCreate(rig, 'Accounts', { Account_Name: `${name} Pty Ltd` })
    await xeroCreate(rig, 'createContact', {
      Name: `${name} Bakery`,
      EmailAddress: `crash${seed}.${next()}@example.com`,
    })
    const product = zoho.records.Products.find((one) => one.Xero_ID !== '' && one.Product_Code !== '')
    const item = xero.items.find((one) => one.isSold)
    if (product !== undefined) {
      await zohoCreate(rig, 'Invoices', {
        Subject: name,
        Account_Name: { id: account.id },
        Invoice_Date: zoho.records.Invoices[0]?.Invoice_Date,
        Due_Date: zoho.records.Invoices[0]?.Due_Date,
        Status: 'Created',
        Invoiced_Items: [{ Product_Name: { id: product.id }, Quantity: 1 + next(), List_Price: 20 }],
      })
    }
    const customer = xero.contacts.find((one) => one.status === 'ACTIVE' && one.isCustomer)
    if (item !== undefined && customer !== undefined) {
      await xeroCreate(rig, 'createInvoice', {
        Type: 'ACCREC',
        Contact: { ContactID: customer.id },
        Date: xero.invoices[0]?.date,
        DueDate: xero.invoices[0]?.dueDate,
        Reference: name,
        LineItems: [
          {
            ItemCode: item.code,
            Description: name,
            Quantity: 1 + next(),
            UnitAmount: 12.5,
            TaxType: 'OUTPUT',
            AccountCode: '200',
          },
        ],
      })
    }
  }

  async function touch(): Promise<void> {
    const [pair] = shuffled(
      pairsOf(await readStates(rig)).filter(({ field }) => field === 'phone'),
      chance,
    )
    const side = chance.pick<Side>(['zoho', 'xero'])
    if (pair !== undefined) await type(side, 'phone', pair[side])
  }

  return { work, touch, edits: () => edits }
}

interface Pair {
  readonly field: Edit['field']
  readonly zoho: string
  readonly xero: string
}

/** Linked companies and items; before the first sync there are none. */
function pairsOf({ zoho, xero }: BothStates): readonly Pair[] {
  const active = new Set(xero.contacts.flatMap((one) => (one.status === 'ACTIVE' ? [one.id] : [])))
  const items = new Set(xero.items.map((one) => one.id))
  const phones = zoho.records.Accounts.filter((one) => active.has(one.Xero_ID))
  const prices = zoho.records.Products.filter((one) => items.has(one.Xero_ID))
  return [
    ...phones.map((one) => ({ field: 'phone', zoho: one.id, xero: one.Xero_ID }) as const),
    ...prices.map((one) => ({ field: 'price', zoho: one.id, xero: one.Xero_ID }) as const),
  ]
}

/** As typed: digits of a phone, a price. */
export function shownValue({ zoho, xero }: BothStates, at: Pick<Edit, 'side' | 'field' | 'id'>): string {
  const { records } = zoho
  switch (`${at.side} ${at.field}` as const) {
    case 'zoho phone':
      return digits(records.Accounts.find((one) => one.id === at.id)?.Phone ?? '')
    case 'xero phone':
      return digits(xero.contacts.find((one) => one.id === at.id)?.phones.DEFAULT.PhoneNumber ?? '')
    case 'zoho price':
      return records.Products.find((one) => one.id === at.id)?.Unit_Price ?? ''
    case 'xero price':
      return xero.items.find((one) => one.id === at.id)?.sales.unitPrice ?? ''
  }
}

const digits = (text: string) => text.replace(/\D/g, '').slice(-8)

function shuffled<T>(items: readonly T[], chance: ReturnType<typeof createChance>): readonly T[] {
  return items
    .map((item) => ({ item, at: chance.float() }))
    .sort((left, right) => left.at - right.at)
    .map(({ item }) => item)
}
