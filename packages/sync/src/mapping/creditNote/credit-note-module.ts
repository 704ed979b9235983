/** The custom module that connect makes in Zoho for Xero's credit notes: its api_name is ours to choose (zoho-crm.md 5). */
export const CREDIT_NOTE_MODULE = 'XeroCreditNotes'
