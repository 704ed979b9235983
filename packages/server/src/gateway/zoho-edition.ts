/** Products and Invoices exist from Professional on (zoho-crm.md 4), so its concurrency is safe for every org that can connect. */
export const ZOHO_EDITION = 'professional'
