/** Where the two sandboxes of a rig seem to be; nothing listens there. */
export const ZOHO_ORIGIN = 'http://localhost:4010'
export const XERO_ORIGIN = 'http://localhost:4020'
