/** The custom module that connect makes in Zoho for Xero's chart of accounts: its api_name is ours to choose (zoho-crm.md 5). */
export const ACCOUNT_MODULE = 'XeroAccounts'
