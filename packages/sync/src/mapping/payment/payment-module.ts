/** The custom module that connect makes in Zoho for Xero's payments: its api_name is ours to choose (zoho-crm.md 5). */
export const PAYMENT_MODULE = 'XeroPayments'
