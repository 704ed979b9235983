import type { Books } from '../model/books.ts'

export interface BulkTouch {
  readonly kind: 'contact' | 'item' | 'invoice'
  readonly count: number
}

/**
 * Edits that many rows within one second, at different milliseconds where they fit: more of them than a page hold the
 * same second, which `If-Modified-Since` cannot tell apart (xero.md 2.4). The second is the one that has just run.
 */
export function bulkTouch(
  books: Books,
  { kind, count }: BulkTouch,
): { readonly touched: number; readonly second: string } {
  const nowMs = books.now()
  const startMs = nowMs % 1000 === 0 ? nowMs - 1000 : nowMs - (nowMs % 1000)
  const spanMs = nowMs % 1000 === 0 ? 1000 : nowMs - startMs + 1
  const ids = touchable(books, kind, count)
  for (const [index, id] of ids.entries())
    touch(books, { kind, id, mark: `touched ${index + 1}` }, startMs + Math.floor((index * spanMs) / ids.length))
  return { touched: ids.length, second: new Date(startMs).toISOString() }
}

function touchable(books: Books, kind: BulkTouch['kind'], count: number): readonly string[] {
  switch (kind) {
    case 'contact':
      return books.contacts
        .all()
        .filter((row) => row.status === 'ACTIVE')
        .slice(0, count)
        .map((row) => row.id)
    case 'item':
      return books.items
        .all()
        .slice(0, count)
        .map((row) => row.id)
    case 'invoice':
      return books.invoices
        .all()
        .filter((row) => row.type === 'ACCREC' && row.status !== 'VOIDED' && row.status !== 'DELETED')
        .slice(0, count)
        .map((row) => row.id)
  }
}

interface Touch {
  readonly kind: BulkTouch['kind']
  readonly id: string
  readonly mark: string
}

function touch(books: Books, { kind, id, mark }: Touch, updatedMs: number): void {
  switch (kind) {
    case 'contact': {
      const row = books.contacts.get(id)
      if (row === undefined) return
      books.contacts.put({ ...row, updatedMs, texts: { ...row.texts, AccountNumber: mark } })
      books.raise({ category: 'CONTACT', type: 'UPDATE', resourceId: id, atMs: updatedMs })
      return
    }
    case 'item': {
      const row = books.items.get(id)
      if (row !== undefined) books.items.put({ ...row, updatedMs, description: mark })
      return
    }
    case 'invoice': {
      const row = books.invoices.get(id)
      if (row === undefined) return
      books.invoices.put({ ...row, updatedMs, reference: mark })
      books.raise({ category: 'INVOICE', type: 'UPDATE', resourceId: id, atMs: updatedMs })
      return
    }
  }
}
