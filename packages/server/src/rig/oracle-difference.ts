/** One thing on which a linked pair does not agree, in words for whoever reads the failed test. */
export interface Difference {
  readonly kind: 'contact' | 'item' | 'invoice' | 'creditNote' | 'payment' | 'quote' | 'deal' | 'vendor' | 'bill'
  readonly zohoId: string
  readonly xeroId: string
  readonly field: string
  readonly zoho: string
  readonly xero: string
}

export type Differ = (field: string, zoho: string, xero: string) => void

/** Collects what differs between the two records of one pair. */
export function differences(
  pair: Pick<Difference, 'kind' | 'zohoId' | 'xeroId'>,
  compare: (differ: Differ) => void,
): readonly Difference[] {
  const found: Difference[] = []
  compare((field, zoho, xero) => void found.push({ ...pair, field, zoho, xero }))
  return found
}
