import { xeroCreate, zohoCreate } from '../rig/acts.ts'
import type { SimulatedCompany } from '../simulate/company.ts'

/** The records that journeys edit. */
export interface Founded {
  readonly account: string
  readonly product: string
  readonly crmInvoice: string
  readonly contact: string
  readonly item: string
  readonly booksInvoice: string
}

/** One of everything on each side, so that the first sync creates both ways. */
export async function foundCompany(company: SimulatedCompany): Promise<Founded> {
  return { ...(await foundCrm(company)), ...(await foundBooks(company)) }
}

async function foundCrm(company: SimulatedCompany) {
  const account = await zohoCreate(company, 'Accounts', {
    Account_Name: 'Alder Joinery Pty Ltd',
    Phone: '+61 2 5550 1000',
  })
  await zohoCreate(company, 'Contacts', {
    First_Name: 'Ada',
    Last_Name: 'Alder',
    Email: 'ada@alder.example.com',
    Account_Name: { id: account.id },
  })
  const product = await zohoCreate(company, 'Products', {
    Product_Name: 'Oak board',
    Product_Code: 'OAK',
    Unit_Price: 12.5,
  })
  const invoice = await createCrmInvoice(company, { subject: 'First order', account: account.id, product: product.id })
  return { account: account.id, product: product.id, crmInvoice: invoice }
}

async function foundBooks(company: SimulatedCompany) {
  const contact = await xeroCreate(company, 'createContact', {
    Name: 'Birch Supplies Ltd',
    FirstName: 'Bo',
    LastName: 'Birch',
    EmailAddress: 'bo@birch.example.com',
  })
  const item = await xeroCreate(company, 'createItem', {
    Code: 'ELM',
    Name: 'Elm board',
    IsSold: true,
    SalesDetails: { UnitPrice: 8.25, AccountCode: '200', TaxType: 'OUTPUT' },
  })
  const invoice = await createBooksInvoice(company, { reference: 'First job', contact: contact.id, itemCode: 'ELM' })
  return { contact: contact.id, item: item.id, booksInvoice: invoice }
}

export async function createCrmInvoice(
  company: SimulatedCompany,
  of: { readonly subject: string; readonly account: string; readonly product: string },
): Promise<string> {
  const { id } = await zohoCreate(company, 'Invoices', {
    Subject: of.subject,
    Account_Name: { id: of.account },
    Invoice_Date: '2026-11-18',
    Due_Date: '2026-12-18',
    Status: 'Created',
    Invoiced_Items: [
      { Product_Name: { id: of.product }, Quantity: 3, List_Price: 12.5, Description: `${of.subject} row one` },
      { Product_Name: { id: of.product }, Quantity: 1, List_Price: 20, Description: `${of.subject} row two` },
    ],
  })
  return id
}

export async function createBooksInvoice(
  company: SimulatedCompany,
  of: { readonly reference: string; readonly contact: string; readonly itemCode: string },
): Promise<string> {
  const common = { TaxType: 'OUTPUT', AccountCode: '200' }
  const { id } = await xeroCreate(company, 'createInvoice', {
    Type: 'ACCREC',
    Contact: { ContactID: of.contact },
    Date: '2026-11-18',
    DueDate: '2026-12-18',
    Reference: of.reference,
    LineItems: [
      { ...common, ItemCode: of.itemCode, Description: `${of.reference} line one`, Quantity: 4, UnitAmount: 8.25 },
      { ...common, ItemCode: of.itemCode, Description: `${of.reference} line two`, Quantity: 2, UnitAmount: 30 },
    ],
  })
  return id
}
