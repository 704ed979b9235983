import { writtenId } from './probe.ts'
import type { ZohoVerbs } from './zoho-verbs.ts'

/** Long before any document of the sandbox changed, so that a guarded write is refused. */
const LONG_AGO = { 'if-unmodified-since': '2020-01-01T00:00:00+00:00' }

interface Parties {
  readonly accountId: string
  readonly productId: string
}

export async function driveDocuments(zoho: ZohoVerbs, { accountId, productId }: Parties): Promise<void> {
  await zoho.get('Invoices?fields=Subject,Account_Name,Status,Grand_Total,Currency,Exchange_Rate&per_page=5')
  const line = { Product_Name: { id: productId }, Quantity: 2, List_Price: 100, Discount: 10, Description: 'March' }
  const shared = { Subject: 'For contract tests', Account_Name: { id: accountId }, Currency: 'AUD' }
  const dates = { Invoice_Date: '2026-11-02', Due_Date: '2026-12-02', Status: 'Created' }
  const invoiceId = writtenId(await zoho.insert('Invoices', { ...shared, ...dates, Invoiced_Items: [line] }))
  await zoho.get(`Invoices/${invoiceId}`)
  await zoho.refused(412).guardedUpdate(`Invoices/${invoiceId}`, { Status: 'Approved' }, LONG_AGO)
  await zoho.update(`Invoices/${invoiceId}`, { Status: 'Approved', Adjustment: 0.01 })
  const quoteId = writtenId(await zoho.insert('Quotes', { ...shared, Quote_Stage: 'Draft', Quoted_Items: [line] }))
  await zoho.get(`Quotes/${quoteId}`)
  const deal = {
    Deal_Name: 'Fit-out',
    Stage: 'Qualification',
    Closing_Date: '2026-12-01',
    Account_Name: { id: accountId },
  }
  await zoho.get(`Deals/${writtenId(await zoho.insert('Deals', deal))}`)
  await zoho.remove(`Invoices?ids=${invoiceId}&wf_trigger=false`)
}
