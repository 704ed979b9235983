import type { Config } from '../config.ts'
import type { Tandem } from '../tandem.ts'

/** What of the product receiving and digesting webhooks needs. */
export interface HookParts extends Pick<Tandem, 'store' | 'clock' | 'log' | 'derive'> {
  readonly config: { readonly xero: Pick<Config['xero'], 'webhookKey'> }
}
