import type { ZohoOrder } from '../../rig/oracle-state.ts'
import { noteApproval, noteDated } from '../purchase-book.ts'
import { someOf } from '../streams.ts'
import type { Change } from './edits.ts'
import type { Buying } from './purchasing.ts'
import { zohoDelete } from './removals.ts'
import { newRows, someProducts } from './rows.ts'
import type { Town } from './town.ts'

/** The status that is billed (`supplied.ts`). */
const BILLED = 'Approved'

const MODULE = 'Purchase_Orders'

const someOrder = ({ chance, states }: Town, isFit: (one: ZohoOrder) => boolean = () => true) =>
  someOf(chance, states.zoho.records.Purchase_Orders.filter(isFit))

const write: Buying = async (town) => {
  const vendor = someOf(town.chance, town.states.zoho.records.Vendors)
  const products = someProducts(town)
  if (vendor === undefined || products.length === 0) return false
  const { text } = town.fresh()
  const Status = town.chance.pick(['Created', 'Created', BILLED])
  const gst = town.states.zoho.org.taxes.find(({ name }) => name === 'GST')
  const tax = gst === undefined || town.chance.float() < 0.3 ? {} : { Line_Tax: [{ id: gst.id }] }
  const values = {
    Subject: `Bought ${text}`,
    Vendor_Name: { id: vendor.id },
    Status,
    Purchase_Items: newRows(town, products, text).map((row) => ({ ...row, ...tax })),
    // Without a number only our Url tells whose a bill is.
    ...(town.chance.float() < 0.75 ? { PO_Number: `PO-${text}` } : {}),
    ...(town.chance.float() < 0.8 ? { PO_Date: '2026-11-20', Due_Date: '2026-12-20' } : {}),
  }
  const id = await town.act('zoho', { action: 'create', module: MODULE, values })
  if (id === undefined) return false
  if (Status === BILLED) noteApproval(town.purchases, id)
  return true
}

async function setStatus(town: Town, order: ZohoOrder | undefined, Status: string): Promise<boolean> {
  if (order === undefined) return false
  const { id } = order
  if ((await town.act('zoho', { action: 'edit', module: MODULE, id, values: { Status } })) === undefined) return false
  if (Status === BILLED) noteApproval(town.purchases, id)
  return true
}

const approve: Buying = (town) =>
  setStatus(
    town,
    someOrder(town, ({ Status }) => Status !== BILLED),
    BILLED,
  )

const move: Buying = (town) => setStatus(town, someOrder(town), town.chance.pick(['Created', 'Delivered', 'Cancelled']))

/** Set back and approved again in the same minute. */
const toggle: Buying = async (town) => {
  const order = someOrder(town, ({ Status }) => Status === BILLED)
  return (await setStatus(town, order, 'Created')) && setStatus(town, order, BILLED)
}

const dueDate: Buying = async (town) => {
  const order = someOrder(town)
  if (order === undefined) return false
  const isDone = await town.type('zoho', { kind: 'bill', id: order.id, field: 'dueDate' }, (value) => ({
    action: 'edit',
    module: MODULE,
    id: order.id,
    values: { Due_Date: value.date },
  }))
  if (isDone) noteDated(town.purchases, order.Xero_ID, 'zoho')
  return isDone
}

const editRow: Buying = async (town) => {
  const order = someOrder(town)
  const row = someOf(town.chance, order?.Purchase_Items ?? [])
  if (order === undefined || row === undefined) return false
  const values = town.chance.pick<Change>([
    (value) => ({ Quantity: value.quantity }),
    (value) => ({ Description: `Row ${value.text}` }),
    (value) => ({ List_Price: Number(value.price) }),
  ])
  return town.type('zoho', { kind: 'bill', id: order.id, field: 'lines' }, (value) => ({
    action: 'editRow',
    module: MODULE,
    id: order.id,
    rowId: row.id,
    values: values(value),
  }))
}

const addRow: Buying = async (town) => {
  const order = someOrder(town)
  const [values] = newRows(town, someProducts(town), town.fresh().text)
  if (order === undefined || values === undefined) return false
  return (await town.act('zoho', { action: 'addRow', module: MODULE, id: order.id, values })) !== undefined
}

const deleteRow: Buying = async (town) => {
  const order = someOrder(town, ({ Purchase_Items }) => Purchase_Items.length > 1)
  const row = someOf(town.chance, order?.Purchase_Items ?? [])
  if (order === undefined || row === undefined) return false
  return town.remove('zoho', row, { action: 'deleteRow', module: MODULE, id: order.id, rowId: row.id })
}

export const ORDER_DEEDS: readonly Buying[] = [
  write,
  write,
  write,
  write,
  approve,
  approve,
  approve,
  move,
  toggle,
  dueDate,
  editRow,
  editRow,
  addRow,
  deleteRow,
  zohoDelete('Purchase_Orders'),
]
