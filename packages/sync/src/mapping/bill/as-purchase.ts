import type { Kind } from '../../model/kind.ts'
import type { ConnectionSettings } from '../../model/settings.ts'
import type { MappingContext } from '../contract.ts'

/**
 * The settings with what was chosen for purchases in the place of what was chosen for sales: so the rules of a
 * document's lines serve bills as they are, and a tax or an account of sales never gets onto one.
 */
export function purchaseSettings(settings: ConnectionSettings): ConnectionSettings {
  const { taxMap, purchaseAccountCode } = settings.bill
  return { ...settings, taxMap, salesAccountCode: purchaseAccountCode }
}

/** The settings that the documents of a kind are accounted by. */
export function settingsOf(kind: Kind, settings: ConnectionSettings): ConnectionSettings {
  return kind === 'bill' ? purchaseSettings(settings) : settings
}

export function asPurchase<Context extends MappingContext>(context: Context): Context {
  return { ...context, settings: purchaseSettings(context.settings) }
}
