import { z } from 'zod'
import type { EngineRig } from './engine-rig.ts'
import { XERO_ORIGIN, ZOHO_ORIGIN } from './engine-rig.ts'

/*
 * What both sandboxes say of themselves (`/__sandbox/state`), in their own words. The oracle reads nothing else: it
 * shares no code with the mapping, so that the two cannot be wrong in the same way.
 */

const text = z
  .string()
  .nullish()
  .transform((value) => value ?? '')
const decimal = z
  .union([z.string(), z.number()])
  .nullish()
  .transform((value) => String(value ?? '0'))
const lookup = z
  .object({ id: z.string() })
  .nullish()
  .transform((value) => value?.id ?? '')

const zohoBase = { id: z.string(), Created_By: z.object({ id: z.string() }), Xero_ID: text }

const zohoAccount = z.looseObject({ ...zohoBase, Account_Name: text, Phone: text, Fax: text })
const zohoPerson = z.looseObject({
  ...zohoBase,
  Account_Name: lookup,
  First_Name: text,
  Last_Name: text,
  Email: text,
  Mobile: text,
  Created_Time: text,
  Xero_Primary_Contact: z.boolean().nullish(),
})
const zohoLead = z.looseObject({
  ...zohoBase,
  Company: text,
  First_Name: text,
  Last_Name: text,
  Email: text,
  Phone: text,
  Mobile: text,
  City: text,
  Created_Time: text,
  Converted__s: z
    .boolean()
    .nullish()
    .transform((value) => value === true),
  Converted_Account: lookup,
  Converted_Contact: lookup,
})
const zohoProduct = z.looseObject({
  ...zohoBase,
  Product_Name: text,
  Product_Code: text,
  Description: text,
  Unit_Price: decimal,
  Tax: z.array(z.object({ id: z.string() })).nullish(),
})
const zohoRow = z.looseObject({
  id: z.string(),
  // null: the product was deleted.
  Product_Name: z
    .object({ id: z.string(), Product_Code: text })
    .nullable()
    .transform((value) => value ?? { id: '', Product_Code: '' }),
  Quantity: decimal,
  List_Price: decimal,
  Total: decimal,
  Total_After_Discount: decimal,
  Tax: decimal,
  Description: text,
  Line_Tax: z.array(z.object({ name: z.string() })),
})
const zohoInvoice = z.looseObject({
  ...zohoBase,
  Subject: text,
  Invoice_Number: text,
  Account_Name: lookup,
  Invoice_Date: text,
  Due_Date: text,
  Status: text,
  Currency: text,
  Grand_Total: decimal,
  Xero_Invoice_No: text,
  Xero_Amount_Due: decimal,
  Xero_Amount_Paid: decimal,
  Xero_Status: text,
  Xero_Payment_State: text,
  Xero_Last_Synced: text,
  Deal_Name__s: lookup,
  Invoiced_Items: z.array(zohoRow),
})
const zohoQuote = z.looseObject({
  ...zohoBase,
  Subject: text,
  Quote_Number: text,
  Quote_Stage: text,
  Account_Name: lookup,
  Deal_Name: lookup,
  Valid_Till: text,
  Terms_and_Conditions: text,
  Description: text,
  Currency: text,
  Grand_Total: decimal,
  Xero_Quote_No: text,
  Quoted_Items: z.array(zohoRow),
})
const zohoDeal = z.looseObject({
  id: z.string(),
  Deal_Name: text,
  Stage: text,
  Account_Name: lookup,
  Xero_Invoice_No: text,
  Xero_Invoice_URL: text,
  Xero_Invoice_ID: text,
})
const zohoPayment = z.looseObject({
  ...zohoBase,
  Paid_Amount: decimal,
  Payment_Date: text,
  Payment_Status: text,
  Paid_Invoice: lookup,
  Payment_Type: text,
  Credit_Note_Used: lookup,
})
const zohoCreditNote = z.looseObject({
  ...zohoBase,
  Name: text,
  Credit_Customer: lookup,
  Credit_Date: text,
  Credit_Status: text,
  Credit_Total: decimal,
  Credit_Remaining: decimal,
  Credit_Refunded: decimal,
})
const zohoVendor = z.looseObject({
  ...zohoBase,
  Vendor_Name: text,
  Email: text,
  Phone: text,
  Street: text,
  City: text,
  State: text,
  Zip_Code: text,
  Country: text,
})
const zohoOrder = z.looseObject({
  ...zohoBase,
  Subject: text,
  PO_Number: text,
  Vendor_Name: lookup,
  PO_Date: text,
  Due_Date: text,
  Status: text,
  Currency: text,
  Grand_Total: decimal,
  Supplier_Invoice_No: text,
  Xero_Bill_URL: text,
  Xero_Amount_Due: decimal,
  Xero_Amount_Paid: decimal,
  Xero_Status: text,
  Purchase_Items: z.array(zohoRow),
})
const zohoState = z.object({
  org: z.object({
    users: z.array(z.object({ id: z.string() })),
    taxes: z.array(z.object({ id: z.string(), name: z.string() })),
  }),
  records: z.object({
    Accounts: z.array(zohoAccount),
    Contacts: z.array(zohoPerson),
    Products: z.array(zohoProduct),
    Invoices: z.array(zohoInvoice),
    XeroPayments: z.array(zohoPayment).default([]),
    XeroCreditNotes: z.array(zohoCreditNote).default([]),
    Quotes: z.array(zohoQuote).default([]),
    Deals: z.array(zohoDeal).default([]),
    Leads: z.array(zohoLead).default([]),
    Vendors: z.array(zohoVendor).default([]),
    Purchase_Orders: z.array(zohoOrder).default([]),
  }),
  /** The recycle bin and its history. */
  deleted: z.array(
    z.object({
      module: z.string(),
      record: z.looseObject({
        id: z.string(),
        values: z.looseObject({ Email: text, First_Name: text, Last_Name: text }),
      }),
    }),
  ),
})

const phone = z.object({ PhoneNumber: text, PhoneAreaCode: text, PhoneCountryCode: text })
const address = z.record(z.string(), z.string())
const xeroContact = z.object({
  id: z.string(),
  status: z.string(),
  texts: z.record(z.string(), z.string()),
  persons: z.array(z.object({ firstName: text, lastName: text, email: text })),
  addresses: z.object({ STREET: address, POBOX: address }),
  phones: z.object({ DEFAULT: phone, FAX: phone, MOBILE: phone }),
  isCustomer: z.boolean(),
  isSupplier: z.boolean(),
})
const xeroItem = z.object({
  id: z.string(),
  code: text,
  name: text,
  description: text,
  isSold: z.boolean(),
  sales: z.object({ unitPrice: decimal, taxType: text, accountCode: text }),
})
const xeroLine = z.object({
  id: z.string(),
  description: text,
  quantity: decimal,
  unitAmount: decimal,
  lineAmount: decimal,
  taxAmount: decimal,
  taxType: text,
  accountCode: text,
  itemCode: text,
  tracking: z.array(z.object({ name: text, option: text })),
})
const xeroInvoice = z.object({
  id: z.string(),
  type: z.string(),
  status: z.string(),
  number: text,
  reference: text,
  contactId: text,
  date: text,
  dueDate: text,
  currency: text,
  lineAmountTypes: text,
  total: decimal,
  amountPaid: decimal,
  amountCredited: decimal,
  url: text,
  createdByApp: z.boolean(),
  lines: z.array(xeroLine),
})
const xeroPayment = z.object({
  id: z.string(),
  type: z.string(),
  status: z.string(),
  invoiceId: text,
  creditNoteId: text,
  amount: decimal,
  date: text,
  reference: text,
})
/** Credit notes, prepayments and overpayments are one to the books. */
const xeroCredit = z.object({
  id: z.string(),
  type: z.string(),
  status: z.string(),
  number: text,
  reference: text,
  contactId: text,
  currency: text,
  date: text,
  total: decimal,
  allocations: z.array(z.object({ id: z.string(), invoiceId: z.string(), amount: decimal, date: text })),
})
const xeroQuote = z.object({
  id: z.string(),
  status: z.string(),
  number: text,
  reference: text,
  terms: text,
  summary: text,
  contactId: text,
  expiryDate: text,
  currency: text,
  lineAmountTypes: text,
  total: decimal,
  lines: z.array(xeroLine),
})
const xeroState = z.object({
  organisation: z.object({ baseCurrency: z.string() }),
  contacts: z.array(xeroContact),
  items: z.array(xeroItem),
  invoices: z.array(xeroInvoice),
  payments: z.array(xeroPayment),
  creditNotes: z.array(xeroCredit),
  prepayments: z.array(xeroCredit),
  overpayments: z.array(xeroCredit),
  quotes: z.array(xeroQuote),
})

export type ZohoState = z.infer<typeof zohoState>
export type XeroState = z.infer<typeof xeroState>
export type ZohoAccount = z.infer<typeof zohoAccount>
export type ZohoLead = z.infer<typeof zohoLead>
export type ZohoPerson = z.infer<typeof zohoPerson>
export type ZohoProduct = z.infer<typeof zohoProduct>
export type ZohoInvoice = z.infer<typeof zohoInvoice>
export type ZohoRow = z.infer<typeof zohoRow>
export type ZohoPayment = z.infer<typeof zohoPayment>
export type ZohoQuote = z.infer<typeof zohoQuote>
export type ZohoDeal = z.infer<typeof zohoDeal>
export type ZohoVendor = z.infer<typeof zohoVendor>
export type ZohoOrder = z.infer<typeof zohoOrder>
export type XeroQuote = z.infer<typeof xeroQuote>
export type XeroPayment = z.infer<typeof xeroPayment>
export type ZohoCreditNote = z.infer<typeof zohoCreditNote>
export type XeroCredit = z.infer<typeof xeroCredit>
export type XeroContact = z.infer<typeof xeroContact>
export type XeroItem = z.infer<typeof xeroItem>
export type XeroInvoice = z.infer<typeof xeroInvoice>
export type XeroLine = z.infer<typeof xeroLine>

export interface BothStates {
  readonly zoho: ZohoState
  readonly xero: XeroState
}

export async function readStates(rig: Pick<EngineRig, 'zoho' | 'xero'>): Promise<BothStates> {
  const [zoho, xero] = await Promise.all([
    rig.zoho.app.fetch(new Request(`${ZOHO_ORIGIN}/__sandbox/state`)),
    rig.xero.app.fetch(new Request(`${XERO_ORIGIN}/__sandbox/state`)),
  ])
  return { zoho: zohoState.parse(await zoho.json()), xero: xeroState.parse(await xero.json()) }
}
