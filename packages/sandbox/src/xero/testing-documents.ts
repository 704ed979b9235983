import { at, messagesOf, startSandbox, type TestAnswer, type TestSandbox, textAt } from './testing.ts'

/** Test fixture: a sandbox with one customer, and short ways to make approved documents of 110.00 for it. */
export interface DocumentBox extends TestSandbox {
  readonly contactId: string
  /** Ids of new documents; `fields` override. */
  invoice(fields?: object): Promise<string>
  bill(fields?: object): Promise<string>
  creditNote(fields?: object): Promise<string>
  advance(type: string, fields?: object): Promise<string>
  /** One field of one document: `see('Invoices', id, 'Status')`. */
  see(plural: string, id: string, ...path: readonly (string | number)[]): Promise<unknown>
  /** A whole document as raw text, for figures with their zeros. */
  raw(plural: string, id: string): Promise<string>
}

export const SOLD = { Description: 'Consulting', Quantity: 2, UnitAmount: 50, AccountCode: '200' }
export const BOUGHT = { Description: 'Timber', Quantity: 2, UnitAmount: 50, AccountCode: '310' }
export const DOCUMENT_SCOPES =
  'openid profile email offline_access accounting.contacts accounting.invoices accounting.payments accounting.settings accounting.banktransactions'

export async function startDocuments(): Promise<DocumentBox> {
  const box = await startSandbox({ scopes: DOCUMENT_SCOPES })
  const made = await box.call('PUT', 'Contacts', { body: { Name: 'Acme', EmailAddress: 'a@acme.example' } })
  const contactId = textAt(made.json, 'Contacts', 0, 'ContactID')
  const head = { Contact: { ContactID: contactId }, Date: '2026-10-06', Status: 'AUTHORISED' }
  const put = async (plural: string, idKey: string, body: object) => {
    const answer = await box.call('PUT', plural, { body: { [plural]: [body] } })
    if (answer.status !== 200) throw new Error(answer.text)
    return textAt(answer.json, plural, 0, idKey)
  }
  const due = { DueDate: '2026-11-05' }
  return {
    ...box,
    contactId,
    invoice: (fields) =>
      put('Invoices', 'InvoiceID', { ...head, ...due, Type: 'ACCREC', LineItems: [SOLD], ...fields }),
    bill: (fields) => put('Invoices', 'InvoiceID', { ...head, ...due, Type: 'ACCPAY', LineItems: [BOUGHT], ...fields }),
    creditNote: (fields) =>
      put('CreditNotes', 'CreditNoteID', { ...head, Type: 'ACCRECCREDIT', LineItems: [SOLD], ...fields }),
    advance: (type, fields) =>
      put('BankTransactions', 'BankTransactionID', {
        ...head,
        Type: type,
        BankAccount: { Code: '090' },
        LineItems: [type.endsWith('PREPAYMENT') ? SOLD : { Description: 'Paid too much', UnitAmount: 110 }],
        ...fields,
      }),
    see: async (plural, id, ...path) => at((await box.call('GET', `${plural}/${id}`)).json, plural, 0, ...path),
    raw: async (plural, id) => (await box.call('GET', `${plural}/${id}`)).text,
  }
}

export const countOf = (answer: TestAnswer, plural: string): number => {
  const rows = at(answer.json, plural)
  return Array.isArray(rows) ? rows.length : -1
}

/** What is wrong with the elements, without the words around them. */
export const refusalsOf = (answer: TestAnswer): readonly string[] =>
  messagesOf(answer).filter((message) => message !== 'A validation exception occurred')
