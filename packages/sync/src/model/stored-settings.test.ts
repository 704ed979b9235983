import { describe, expect, test } from 'vitest'
import { DEFAULT_SETTINGS } from './default-settings.ts'
import { completeSettings, type StoredSettings } from './stored-settings.ts'

/** As the first release stored it, with what a person had chosen. */
const FIRST_RELEASE = `{
  "allowSync": true,
  "kinds": { "contact": { "isOn": true, "direction": "both",
    "zoho": { "create": true, "update": true, "delete": false }, "xero": { "create": true, "update": true, "delete": false } } },
  "customerModel": "contactsAlone", "includeSuppliers": false, "addToXero": "all", "newInvoiceStatus": "AUTHORISED",
  "invoicePrefix": "Z-", "lockRule": "draftOnly", "salesAccountCode": "200", "taxMap": [], "defaultDueDays": 14,
  "roundingLimit": "0.05", "headerDiscount": "hold", "firstLinkWinner": "xero", "fieldPolicies": {},
  "guard": { "creates": { "count": 9, "percent": 5 } },
  "provisioned": { "xeroId": { "Invoices": "Xero_ID" }, "addToXero": "Add_to_Xero", "brandingTheme": "Branding_Theme" },
  "quietSeconds": 5, "publicUrl": "https://tandem.example"
}`

// Catches: a connection that cannot be opened after an update, or that comes back with its choices forgotten.
describe('settings of an older release', () => {
  const stored: StoredSettings = JSON.parse(FIRST_RELEASE)
  const settings = completeSettings(stored)

  test('have every key of today', () => {
    expect(keysOf(settings)).toEqual(keysOf({ ...DEFAULT_SETTINGS, provisioned: settings.provisioned }))
    expect(Object.keys(settings.provisioned).sort()).toEqual(Object.keys(DEFAULT_SETTINGS.provisioned).sort())
    expect(settings.invoice.xeroStatuses).toEqual(DEFAULT_SETTINGS.invoice.xeroStatuses)
    expect(settings.kinds.invoice).toEqual(DEFAULT_SETTINGS.kinds.invoice)
    expect(settings.guard).toEqual({ ...DEFAULT_SETTINGS.guard, creates: { count: 9, percent: 5 } })
  })
  test('keep what a person had chosen, under its new name', () => {
    expect(settings).toMatchObject({ customerModel: 'contactsAlone', invoicePrefix: 'Z-', salesAccountCode: '200' })
    expect(settings.provisioned).toMatchObject({ addToXero: 'Add_to_Xero', paymentState: '' })
    expect(settings.invoice.arrivalStatus).toEqual({ paid: 'AUTHORISED', unpaid: 'AUTHORISED' })
    expect(settings.invoice.dueRule).toEqual({ type: 'daysAfter', days: 14 })
    expect(Object.keys(settings)).not.toContain('newInvoiceStatus')
    expect(Object.keys(settings)).not.toContain('defaultDueDays')
  })
  // Catches: fields of a custom module that came later, missing where the others were stored: rules without a name.
  test('know that fields which came later are not there yet', () => {
    const before: StoredSettings = JSON.parse('{ "provisioned": { "payment": { "amount": "Paid_Amount" } } }')
    const { payment, creditNote } = completeSettings(before).provisioned
    expect(payment).toEqual({ ...DEFAULT_SETTINGS.provisioned.payment, amount: 'Paid_Amount' })
    expect(creditNote).toEqual(DEFAULT_SETTINGS.provisioned.creditNote)
  })
  test('of today stay as they are, whatever once stood there', () => {
    const today = { ...DEFAULT_SETTINGS, invoice: { ...DEFAULT_SETTINGS.invoice, dueRule: null } }
    expect(completeSettings({ ...today, newInvoiceStatus: 'AUTHORISED', defaultDueDays: 3 })).toEqual(today)
  })
})

function keysOf(settings: object): readonly string[] {
  return Object.keys(settings).sort()
}
