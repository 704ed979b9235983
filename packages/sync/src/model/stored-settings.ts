import type { BillSettings } from './bill-settings.ts'
import { DEFAULT_SETTINGS } from './default-settings.ts'
import type { ArrivalStatus, InvoiceSettings } from './invoice-settings.ts'
import type { ConnectionSettings, Provisioned } from './settings.ts'

/** Settings as some release has stored them: what came later is missing, and some have had another name. */
export type StoredSettings = Partial<
  Omit<ConnectionSettings, 'kinds' | 'guard' | 'provisioned' | 'invoice' | 'bill'>
> & {
  readonly kinds?: Partial<ConnectionSettings['kinds']>
  readonly guard?: Partial<ConnectionSettings['guard']>
  readonly provisioned?: Partial<Provisioned>
  readonly invoice?: Partial<InvoiceSettings>
  readonly bill?: Partial<BillSettings>
  /** Before `invoice.arrivalStatus`: one status for all. */
  readonly newInvoiceStatus?: ArrivalStatus
  /** Before `invoice.dueRule`. */
  readonly defaultDueDays?: number
}

/** Today's settings: what is missing has its default, what was renamed its value (a release must read what older ones wrote). */
export function completeSettings(stored: StoredSettings): ConnectionSettings {
  const { newInvoiceStatus, defaultDueDays, ...kept } = stored
  return {
    ...DEFAULT_SETTINGS,
    ...kept,
    kinds: { ...DEFAULT_SETTINGS.kinds, ...kept.kinds },
    guard: { ...DEFAULT_SETTINGS.guard, ...kept.guard },
    provisioned: { ...DEFAULT_SETTINGS.provisioned, ...kept.provisioned },
    invoice: { ...DEFAULT_SETTINGS.invoice, ...renamed({ newInvoiceStatus, defaultDueDays }), ...kept.invoice },
    bill: { ...DEFAULT_SETTINGS.bill, ...kept.bill },
  }
}

function renamed({
  newInvoiceStatus,
  defaultDueDays,
}: {
  readonly newInvoiceStatus: ArrivalStatus | undefined
  readonly defaultDueDays: number | undefined
}): Partial<InvoiceSettings> {
  return {
    ...(newInvoiceStatus === undefined ? {} : { arrivalStatus: { paid: newInvoiceStatus, unpaid: newInvoiceStatus } }),
    ...(defaultDueDays === undefined ? {} : { dueRule: { type: 'daysAfter', days: defaultDueDays } }),
  }
}
