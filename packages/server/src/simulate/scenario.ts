import type { CompanyProfile } from '@tandem/sandbox'
import type { Kind, NewXeroContacts } from '@tandem/sync/model/kind.ts'
import type { TroubleType } from './trouble.ts'

/** How rough a simulation is: sizes, rates and habits. Everything else comes from the seed. */
export interface Scenario {
  readonly name: string
  /** What it is there to find. */
  readonly purpose: string
  readonly size: { readonly contacts: number; readonly items: number; readonly invoices: number }
  /** The seed chooses where there is none. */
  readonly shape?: CompanyProfile['shape']
  /** Turns of the product's worker before people go home. */
  readonly turns: number
  /** What people do in a turn, at most. */
  readonly deedsInTurn: number
  readonly rates: Rates
  readonly troubles: Readonly<Partial<Record<TroubleType, number>>>
  readonly people: PeopleRates
  readonly post: PostRates
  /** Vendors' clocks and ours differ by up to ten minutes, and ours is set back now and then. */
  readonly isSkewed: boolean
  readonly lockRule: 'draftOnly' | 'editMatrix'
  /** Kinds that a person has switched on beside those of a new connection. */
  readonly furtherKinds: readonly Kind[]
  /** What is sold in the CRM goes to Xero as daily summaries, shortly before a midnight and after it (R26). */
  readonly isSummed?: true
  /** Deletes cross, both ways; what Xero puts away is flagged in the CRM or goes to its bin, as the seed says (R12c). */
  readonly isDeleting?: true
  /** Payments that are typed in the CRM are recorded in Xero, and deleted there with their record (R38a). */
  readonly isRecording?: true
  /** A field of CRM invoices is a tracking category of their lines in Xero (R20b). */
  readonly isTracked?: true
  /** Stages of a deal of which invoices are made; none: that is switched off. */
  readonly wonStages: readonly string[]
  readonly newXeroContacts: NewXeroContacts
  readonly zohoSwitches: Readonly<Record<string, string>>
  readonly xeroSwitches: Readonly<Record<string, string>>
}

/** Probabilities. */
export interface Rates {
  /** Of a trouble, for each call that writes; reads have half of it. */
  readonly trouble: number
  /** Of a crash, at each boundary of the network; a store's boundary has a quarter of it. */
  readonly crash: number
  /** Of a deed, on each leg of a call. */
  readonly deedOnWay: number
}

/** Weights of what people do. */
export interface PeopleRates {
  readonly edit: number
  readonly sameFieldOnBoth: number
  readonly halfTyped: number
  readonly create: number
  readonly money: number
  /** Credit notes, prepayments and overpayments, and what of them goes to invoices. */
  readonly credit: number
  /** Quotes and deals, in the CRM and in the books. */
  readonly sell: number
  /** Leads, in the CRM and in the books. */
  readonly leads: number
  /** Vendors and purchase orders in the CRM, suppliers and bills in the books. */
  readonly buy: number
  /** Regions of sales in the CRM, and options that bookkeepers choose on lines. */
  readonly track: number
  readonly remove: number
  /** Deletes, voids and archives wherever it may cross, and brings back. */
  readonly dispose: number
  /** Payments, typed in the CRM. */
  readonly typePayments: number
  readonly merge: number
  readonly robot: number
  /** Touches every record of a kind within one second, as an import does, and edits some in the same breath. */
  readonly import: number
}

/** What happens to webhooks on their way. Probabilities. */
export interface PostRates {
  readonly lost: number
  readonly doubled: number
  readonly shuffled: number
  readonly dayLate: number
}
