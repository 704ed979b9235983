/** What people did that the records do not show at the end. */
export interface SalesBook {
  /** How often each deal was brought to the stage that is billed. */
  readonly wins: Map<string, number>
  /** CRM invoices that lay in the recycle bin: whoever won their deal meanwhile saw none. */
  readonly binned: Set<string>
}

export function createSalesBook(): SalesBook {
  return { wins: new Map(), binned: new Set() }
}

export function noteWin({ wins }: SalesBook, dealId: string): void {
  wins.set(dealId, (wins.get(dealId) ?? 0) + 1)
}
