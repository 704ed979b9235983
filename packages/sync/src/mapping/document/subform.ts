/** Where a Zoho document keeps its rows (zoho-crm.md 4.1): all that the line rules of two kinds differ in. */
export type Subform = 'Invoiced_Items' | 'Quoted_Items' | 'Purchase_Items'
