import type { InvoiceDocument, InvoiceLine } from '../../company/contract.ts'
import type { Row, Value } from '../model/record.ts'
import { pricedRow } from '../write/totals.ts'
import { draftOf, type Seeder } from './company.ts'

/** Sales documents as invoices; Subject carries the number that the other side knows them by. */
export function seedInvoices(seeder: Seeder, documents: readonly InvoiceDocument[]): void {
  const service = createServiceProduct(seeder)
  for (const document of documents) {
    const account = seeder.seeded.accounts.get(document.partyKey)
    if (account === undefined || document.lines.length === 0) continue
    const rows = document.lines.map((line, index) => rowOf(seeder, { line, index, service }))
    seeder.add('Invoices', { ...draftOf(invoiceValues(document, account)), rows })
  }
}

function invoiceValues(document: InvoiceDocument, account: string): Record<string, Value> {
  return {
    Subject: document.number.slice(0, 120),
    Account_Name: account,
    Invoice_Date: document.date,
    Due_Date: document.dueDate,
    Status: document.zohoStatus,
    Purchase_Order: document.reference === '' ? null : document.reference.slice(0, 100),
    Currency: document.currency,
    Discount: 0,
    Adjustment: 0,
  }
}

interface SeedLine {
  readonly line: InvoiceLine
  readonly index: number
  service(): string
}

function rowOf(seeder: Seeder, seed: SeedLine): Row {
  const { line, index } = seed
  const known = line.productKey === undefined ? undefined : seeder.seeded.products.get(line.productKey)
  const nowMs = seeder.world.second()
  const tax = seeder.seeded.taxes.get(line.taxKey)
  const percentage = seeder.world.org().taxes.find((one) => one.id === tax)?.value
  const row: Row = {
    id: seeder.world.nextId(),
    values: {
      Product_Name: known ?? seed.service(),
      Quantity: Number(line.quantity),
      List_Price: Number(line.unitPrice),
      Discount: Number(line.discountPercent) === 0 ? 0 : `${Number(line.discountPercent)}%`,
      Description: line.description === '' ? null : line.description,
      Sequence_Number: index + 1,
    },
    taxes: tax === undefined || percentage === undefined ? [] : [{ id: tax, percentage, value: 0 }],
    createdMs: nowMs,
    modifiedMs: nowMs,
  }
  return pricedRow(row, 'halfUp')
}

/** Rows need a product here: lines without one share a "Service" product, made when it is first needed. */
function createServiceProduct(seeder: Seeder): () => string {
  let id: string | undefined
  return () => {
    id ??= seeder.add('Products', draftOf({ Product_Name: 'Service', Product_Code: 'SERVICE', Unit_Price: 0, Tax: [] }))
    return id
  }
}
