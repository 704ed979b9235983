import type { RecordRef } from '@tandem/sync/model/record.ts'
import type { Connection } from '@tandem/sync/store/contract.ts'
import { type Config, isLoopback } from '../config.ts'

/** CRM hosts per data centre (zoho-crm.md 1.1). */
const CRM_HOSTS: Readonly<Record<string, string>> = {
  us: 'https://crm.zoho.com',
  eu: 'https://crm.zoho.eu',
  in: 'https://crm.zoho.in',
  au: 'https://crm.zoho.com.au',
  jp: 'https://crm.zoho.jp',
  ca: 'https://crm.zohocloud.ca',
  sa: 'https://crm.zoho.sa',
  cn: 'https://crm.zoho.com.cn',
  uk: 'https://crm.zoho.uk',
}

/** The page on which a person sees this record. Sandboxes show all records on their front page. */
export function recordPage(ref: RecordRef, connection: Connection, config: Config): string {
  return ref.side === 'zoho' ? zohoPage(ref, connection, config) : xeroPage(ref, connection, config)
}

function zohoPage(ref: RecordRef, connection: Connection, config: Config): string {
  if (isLoopback(connection.zoho.apiDomain)) return `${new URL(config.zoho.accountsUrl).origin}/`
  const host = CRM_HOSTS[connection.zoho.dataCentre] ?? CRM_HOSTS.us
  return `${host}/crm/tab/${encodeURIComponent(ref.collection)}/${encodeURIComponent(ref.remoteId)}`
}

function xeroPage(ref: RecordRef, connection: Connection, config: Config): string {
  if (isLoopback(config.xero.apiUrl)) return `${new URL(config.xero.apiUrl).origin}/`
  const shortCode = connection.reference?.xero.shortCode ?? ''
  const path = xeroPath(ref)
  return `https://go.xero.com/organisationlogin/default.aspx?shortcode=${encodeURIComponent(shortCode)}&redirecturl=${encodeURIComponent(path)}`
}

function xeroPath(ref: RecordRef): string {
  switch (ref.collection) {
    case 'Contacts':
    case 'Suppliers':
      return `/Contacts/View/${ref.remoteId}`
    case 'Invoices':
      return `/AccountsReceivable/View.aspx?InvoiceID=${ref.remoteId}`
    case 'Bills':
      return `/AccountsPayable/View.aspx?InvoiceID=${ref.remoteId}`
    case 'Quotes':
      return `/Quotes/View.aspx?QuoteID=${ref.remoteId}`
    case 'Items':
      return `/Accounts/Inventory/${ref.remoteId}`
    case 'CreditNotes':
      return `/AccountsReceivable/ViewCreditNote.aspx?creditNoteID=${ref.remoteId}`
    case 'Payments':
    case 'Prepayments':
    case 'Overpayments':
    case 'Allocations':
    case 'XeroCreditNotes':
    case 'Accounts':
    case 'Products':
    case 'Deals':
    case 'Leads':
    case 'XeroPayments':
    case 'XeroAccounts':
    case 'LedgerAccounts':
    case 'Vendors':
    case 'Purchase_Orders':
    case 'Tasks':
      return '/'
  }
}
