/** Field names of Zoho's modules as the fact sheet lists them (sections 3.2, 4 and 4.1). */

const EVERYWHERE =
  words(`id Owner Created_By Modified_By Created_Time Modified_Time Tag Record_Status__s Locked__s Layout
  Currency Exchange_Rate Description Last_Activity_Time`)

/** 3.2: system keys of a single read; 3.3: what a write may add. */
const SYSTEM = words(`$approval_state $editable $currency_symbol $process_flow $locked_for_me $in_merge $has_more
  $line_tax $append_values $approved $approval $review_process $orchestration $state $converted $field_states
  $review $canvas_id $zia_visions $sharing_permission $layout_id__s $stop_processing $is_duplicate $status`)

const BILLING_AND_SHIPPING = ['Billing', 'Shipping'].flatMap((kind) =>
  ['Street', 'City', 'State', 'Code', 'Country'].map((part) => `${kind}_${part}`),
)
const DOCUMENT = [
  ...words('Subject Contact_Name Carrier Sub_Total Discount Tax Adjustment Grand_Total Terms_and_Conditions Status'),
  ...BILLING_AND_SHIPPING,
]

const BY_MODULE: Readonly<Record<string, readonly string[]>> = {
  Leads:
    words(`Last_Name First_Name Salutation Full_Name Company Email Secondary_Email Phone Mobile Fax Website Designation
    Lead_Source Lead_Status Industry Annual_Revenue No_of_Employees Street City State Zip_Code Country Converted__s
    Converted_Account Converted_Contact Converted_Deal Converted_Date_Time Email_Opt_Out Rating`),
  Contacts: words(`Last_Name First_Name Salutation Full_Name Account_Name Email Secondary_Email Phone Mobile Home_Phone
    Other_Phone Asst_Phone Assistant Fax Title Department Vendor_Name Reporting_To Date_of_Birth Lead_Source Email_Opt_Out
    Mailing_Street Mailing_City Mailing_State Mailing_Zip Mailing_Country Other_Street Other_City Other_State Other_Zip
    Other_Country`),
  Accounts: [
    ...words(`Account_Name Parent_Account Account_Number Account_Site Account_Type Industry Ownership Rating Employees
      Annual_Revenue SIC_Code Ticker_Symbol Phone Fax Website`),
    ...BILLING_AND_SHIPPING,
  ],
  Deals: words(`Deal_Name Stage Pipeline Closing_Date Amount Probability Expected_Revenue Account_Name Contact_Name Type
    Lead_Source Next_Step Campaign_Source Reason_For_Loss__s Territory`),
  Products:
    words(`Product_Name Product_Code Unit_Price Taxable Tax Product_Active Product_Category Manufacturer Vendor_Name
    Usage_Unit Qty_in_Stock Qty_Ordered Qty_in_Demand Reorder_Level Commission_Rate Sales_Start_Date Sales_End_Date
    Support_Start_Date Support_Expiry_Date Handler`),
  Quotes: [...DOCUMENT, ...words('Quote_Number Account_Name Quote_Stage Valid_Till Deal_Name Team')],
  Sales_Orders: [
    ...DOCUMENT,
    ...words(`SO_Number Account_Name Quote_Name Deal_Name Purchase_Order Customer_No Due_Date Pending Excise_Duty
      Sales_Commission`),
  ],
  Invoices: [
    ...DOCUMENT,
    ...words(`Invoice_Number Account_Name Sales_Order Deal_Name__s Invoice_Date Due_Date Purchase_Order Excise_Duty
      Sales_Commission`),
  ],
  Purchase_Orders: [...DOCUMENT, ...words('PO_Number Vendor_Name PO_Date Due_Date Requisition_No Tracking_Number')],
  Vendors: words(`Vendor_Name Email Phone Website Category GL_Account Street City State Zip_Code Country`),
}

/** 4.1: the line-item subforms. */
export const LINE_SUBFORMS: ReadonlySet<string> = new Set(
  words('Quoted_Items Ordered_Items Invoiced_Items Purchase_Items'),
)

const ROW = new Set(
  words(`id Product_Name Quantity List_Price Discount Line_Tax Tax Total Total_After_Discount Net_Total Description
    Sequence_Number Price_Book_Name Parent_Id Created_Time Modified_Time _delete`),
)

/** 3.14: JSON numbers, in records and rows. (A row's `Discount` may be a text with a per cent sign, 4.1.) */
export const AMOUNTS: ReadonlySet<string> = new Set(
  words(`Sub_Total Tax Adjustment Grand_Total Unit_Price Exchange_Rate Quantity List_Price Total Total_After_Discount
    Net_Total Amount Expected_Revenue Annual_Revenue`),
)

/** 4: fields that hold `{id, name}` of another record, except where they are the record's own name. */
export const LOOKUPS: ReadonlySet<string> = new Set(
  words(`Account_Name Contact_Name Vendor_Name Deal_Name Deal_Name__s Quote_Name Sales_Order Parent_Account Reporting_To
    Campaign_Source Parent_Id Price_Book_Name Converted_Account Converted_Contact Converted_Deal`),
)
export const NAME_FIELDS: ReadonlyMap<string, string> = new Map([
  ['Accounts', 'Account_Name'],
  ['Vendors', 'Vendor_Name'],
  ['Deals', 'Deal_Name'],
  ['Products', 'Product_Name'],
])

/** Fields that this product provisions in Zoho (fact sheet Zoho, section 5: names derive from the labels). */
const OURS = /^(?:Xero_[A-Za-z0-9_]+|Add_to_Xero|Branding_Theme)$/

const common = new Set([...EVERYWHERE, ...SYSTEM])
const byModule = new Map(Object.entries(BY_MODULE).map(([module, names]) => [module, new Set(names)]))

/** Modules that the sheet does not list (custom ones) may have any name. */
export function isKnownRecordName(module: string, name: string): boolean {
  const names = byModule.get(module)
  return names === undefined || common.has(name) || names.has(name) || LINE_SUBFORMS.has(name) || OURS.test(name)
}

export function isKnownRowName(name: string): boolean {
  return ROW.has(name)
}

function words(text: string): string[] {
  return text.split(/\s+/).filter((word) => word !== '')
}
