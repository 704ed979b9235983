/** The two systems that a connection keeps in step. */
export type Side = 'zoho' | 'xero'

export const SIDES = ['zoho', 'xero'] as const satisfies readonly Side[]

export function otherSide(side: Side): Side {
  return side === 'zoho' ? 'xero' : 'zoho'
}
