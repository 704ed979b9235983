import type { CodeTexts } from './code-texts.ts'

export const ENGLISH: CodeTexts = {
  reconnectNeeded: {
    cause: 'The sign-in to Zoho CRM or Xero is no longer valid.',
    fix: 'Connect that system again in Tandem. The sync then goes on where it stopped; nothing is lost.',
  },
  scopeMissing: {
    cause: 'At sign-in Tandem was not given everything it needs.',
    fix: 'Connect the system again in Tandem and allow all that it asks for. The sync then goes on where it stopped.',
  },
  organisationUnreachable: {
    cause: 'The connected organisation cannot be reached any more.',
    fix: 'Check in Zoho CRM and Xero that the organisation is active and that you still belong to it, then connect again in Tandem.',
  },
  organisationChanged: {
    cause: 'The sign-in leads to another organisation than the connected one.',
    fix: 'Connect again in Tandem and choose the organisation of this connection. Until then nothing is written.',
  },
  baseCurrencyChanged: {
    cause: 'The base currency of an organisation has changed.',
    fix: 'Check the base currency in Zoho CRM and in Xero, and set it back if it was a mistake. Until then nothing is written.',
  },
  permissionMissing: {
    cause: 'The signed-in user may not see or change these records.',
    fix: 'Ask an administrator of Zoho CRM or Xero to give that user access, then connect again in Tandem.',
  },
  credentialsWrong: {
    cause: 'Zoho CRM or Xero does not accept the keys of this app.',
    fix: 'Compare the client id and secret in the configuration of Tandem with the developer page of that system, and connect again.',
  },
  moduleMissing: {
    cause: 'Zoho CRM lacks a module that Tandem works with.',
    fix: 'In Zoho CRM, show Companies (CRM Accounts), Contacts, Products and Invoices to the signed-in user, then sync again.',
  },
  fieldMissing: {
    cause: 'Zoho CRM lacks a field that Tandem works with.',
    fix: 'Connect Zoho CRM again in Tandem: it adds the fields that are missing. Then sync again.',
  },
  rateLimited: {
    cause: 'Zoho CRM or Xero has asked for a pause.',
    fix: 'Nothing to do: Tandem waits a little and goes on by itself.',
  },
  dayLimitReached: {
    cause: 'Zoho CRM or Xero takes no more requests today.',
    fix: 'Nothing to do: the rest is sent by itself when the new day begins there. If it happens often, look for other apps that use the same allowance.',
  },
  remoteUnavailable: {
    cause: 'Zoho CRM or Xero is not available at the moment.',
    fix: 'Nothing to do: Tandem tries again by itself. If it lasts, look at the status page of that system.',
  },
  remoteAnswerUnreadable: {
    cause: 'Zoho CRM or Xero sent an answer that makes no sense.',
    fix: 'Nothing to do: Tandem tries again by itself. If it lasts, look at the status page of that system.',
  },
  remoteTimedOut: {
    cause: 'No answer came in time, so it is not known whether the change was saved.',
    fix: 'Nothing to do: Tandem first looks whether it was saved, and repeats only what is missing.',
  },
  connectionLost: {
    cause: 'The network broke off while a change was being sent.',
    fix: 'Nothing to do: Tandem first looks whether it was saved, and repeats only what is missing.',
  },
  rowMissingInAnswer: {
    cause: 'The answer does not say what became of this record.',
    fix: 'Nothing to do: Tandem first looks whether it was saved, and repeats only what is missing.',
  },
  contentRefused: {
    cause: 'The other system refused this record.',
    fix: 'Read its message below, correct the record where it was typed in, and save it. It is then sent again by itself.',
  },
  valueTooLong: {
    cause: 'A text is too long for the other system.',
    fix: 'Shorten the text named below in the system where it was typed in, and save. The record then crosses by itself.',
  },
  valueNotAllowed: {
    cause: 'A value is not allowed in the other system.',
    fix: 'Change the value named below in the system where it was typed in, and save. The record then crosses by itself.',
  },
  requiredValueMissing: {
    cause: 'Something that the other system needs is empty.',
    fix: 'Fill in what is named below in the system where the record was typed in, and save. It then crosses by itself.',
  },
  duplicateInTarget: {
    cause: 'Another record has the same name, number or code.',
    fix: 'Rename one of the two, or merge them, in the system where they are, and save. Then try the one that is left again.',
  },
  recordArchived: {
    cause: 'The record is archived in Xero.',
    fix: 'Restore it in Xero and try again, or keep it out of the sync. Archived records are never changed.',
  },
  recordGone: {
    cause: 'The record was deleted in one system and is still there in the other.',
    fix: 'Restore it where it was deleted and try again, or keep the other one out of the sync. Tandem deletes nothing by itself.',
  },
  recordLocked: {
    cause: 'The document is approved or paid, so changes from Zoho CRM no longer reach it.',
    fix: 'Make the change in Xero, by undoing the payment or with a credit note where it must be: it then comes to Zoho CRM. Or take it back in Zoho CRM.',
  },
  quoteLocked: {
    cause: 'The quote is accepted, declined or invoiced, so Xero has locked it.',
    fix: 'In Xero, set the quote back to sent: the change then crosses by itself. Or take the change back in Zoho CRM, or write a new quote there.',
  },
  onlyFollows: {
    cause: 'Something was changed in Xero that is written in Zoho CRM only.',
    fix: 'Make the same change in Zoho CRM, or set it back in Xero. As soon as both say the same, this entry goes away by itself.',
  },
  lockDate: {
    cause: 'The document is dated before a lock date in Xero.',
    fix: 'Ask your accountant to move the lock date in Xero and try again, or change the date of the document and save.',
  },
  documentHasPayments: {
    cause: 'Payments belong to this invoice, so Xero does not take the change.',
    fix: 'Remove the payment in Xero and try again, or correct the invoice in Xero with a credit note.',
  },
  creditNotReady: {
    cause: 'Credit cannot go to this invoice yet: in Xero one of the two is not open for it.',
    fix: 'Approve both in Xero, or correct the amount in Zoho CRM to what the credit note has left and the invoice still owes. It goes on by itself when one of them changes.',
  },
  statusNotAllowed: {
    cause: 'The document cannot change to this status in the other system.',
    fix: 'Set the status by hand in Xero, or set it back in Zoho CRM. At the next sync both are compared again.',
  },
  accountNotValid: {
    cause: 'A ledger account cannot be used here.',
    fix: 'Look at Ledger accounts (Xero): it must be active and of the right type, for sales or expenses. Or choose another in the settings of Tandem. Then try again.',
  },
  taxNotValid: {
    cause: 'A tax rate cannot be used here.',
    fix: 'Check in Xero that the tax rate is active, or choose another in the tax settings of Tandem. Then try again.',
  },
  currencyNotEnabled: {
    cause: 'The currency is not switched on in the other system.',
    fix: 'Add the currency in the settings of Xero or Zoho CRM, where it is missing, then try again.',
  },
  emailNotValid: {
    cause: 'An e-mail address is not valid.',
    fix: 'Correct the address in the system where it was typed in, and save. The record then crosses by itself.',
  },
  ambiguousMatch: {
    cause: 'It is not clear which record of the other system is the same.',
    fix: 'Link it to the record below that is the same: the next sync brings both in step. If none is, change what they have in common and save, or keep it out.',
  },
  nameTakenByStranger: {
    cause: 'A contact with this name, or nearly this name, is in the other system already.',
    fix: 'If both are the same customer, link them: the next sync brings them in step and sends their waiting invoices. If not, rename one and save.',
  },
  missingKey: {
    cause: 'The record has no name, number or code to know it by.',
    fix: 'Fill it in in the system where the record was typed in, and save. The record then crosses by itself.',
  },
  productWithoutCode: {
    cause: 'The product has no code, and Xero knows its items by their code.',
    fix: 'Type a Product Code in Zoho CRM and save, or let Tandem give it one (generate code). The product then crosses by itself, and invoices that wait for it follow.',
  },
  archivedMatch: {
    cause: 'A contact with this name, or nearly this name, is archived in Xero.',
    fix: 'If both are the same customer, restore that contact in Xero and link the two here. If not, rename this one in Zoho CRM by your own rule and save: it then crosses by itself.',
  },
  mergedAway: {
    cause: 'The contact was merged into another one in Xero, which has its own partner here.',
    fix: 'Both are one customer in Xero now. Merge the two in Zoho CRM as well, or keep this one out of the sync; until then nothing is sent to the one that was merged.',
  },
  adoptedRecordGone: {
    cause: 'The record that belonged to this one cannot be found any more.',
    fix: 'Restore it in its system and try again, or keep this one out of the sync.',
  },
  dealHasInvoice: {
    cause: 'The deal that this CRM invoice names has its invoice already.',
    fix: 'If both are the same sale, delete or cancel the one too many. If this is another sale, take the deal out of it in Zoho CRM and save: it then goes to Xero by itself. If the deal was deleted, try again: that sends it.',
  },
  quoteInvoiced: {
    cause: 'A quote of this deal was invoiced in Xero already.',
    fix: 'Name the deal in that invoice in Zoho CRM and try again: the deal then shows it. Or keep the deal out of the sync; nothing is billed for it until then.',
  },
  summaryUndone: {
    cause: 'A daily summary of invoices was voided or deleted in Xero.',
    fix: 'If these sales shall be billed all the same, make an invoice for them in Xero. Then keep the summary out here, so that it is told no more.',
  },
  partnerTaken: {
    cause: 'The record in Zoho CRM that this one now belongs to has a Xero contact of its own.',
    fix: 'Two Xero contacts cannot be one record of the CRM. If both are the same customer, merge them in Xero; if not, take this one apart in Zoho CRM, or keep it out of the sync. Nothing is written until then.',
  },
  leadNotFollowed: {
    cause: 'The lead was converted in Zoho CRM, but no customer came of it that Tandem could go on with.',
    fix: 'Copy the Xero ID of the lead into the customer in Zoho CRM and save: the Xero contact then goes on with that one by itself. A person without a company needs a company first, where companies are the customers.',
  },
  customerModelUnfit: {
    cause: 'By the customer model that you have chosen, this record of Zoho CRM cannot be the customer.',
    fix: 'Give the person a company in Zoho CRM, or the company a person, and try again. Or keep it out of the sync; nothing is created in its place.',
  },
  unmappedTax: {
    cause: 'A tax has no counterpart in the other system yet.',
    fix: 'Choose its counterpart in the tax settings of Tandem. Whatever waits for it then goes on by itself.',
  },
  unmappedStatus: {
    cause: 'A status has no counterpart in the other system.',
    fix: 'Choose another status in the system where the record is, and save. At the next sync both are compared again.',
  },
  unmappedItem: {
    cause: 'The document has a product that is not in the other system yet.',
    fix: 'See to the product first: where it waits itself, it has its own place in this inbox. The document then goes on by itself.',
  },
  missingParent: {
    cause: 'The customer or supplier of the document is not in the other system yet.',
    fix: 'See to that contact first: where it waits itself, it has its own place in this inbox. The document then goes on by itself.',
  },
  customerIsLead: {
    cause: 'The customer of this document is still a lead in Zoho CRM.',
    fix: 'Convert the lead in Zoho CRM. The document then goes on by itself.',
  },
  headerDiscount: {
    cause: 'The document has a discount as a whole, which Xero does not have.',
    fix: 'In Zoho CRM, give the discount on the lines instead and save: the document then crosses by itself. Or let Tandem spread such discounts (settings), then try again.',
  },
  documentTax: {
    cause: 'The document has a tax as a whole; Xero taxes lines only.',
    fix: 'In Zoho CRM, put the tax on the lines instead and save. The document then crosses by itself.',
  },
  totalsDiffer: {
    cause: 'The document would not come to the same total in both systems.',
    fix: 'Compare both totals below, correct price, discount or tax of its lines in the system where it was typed in, and save. It is then compared again.',
  },
  tooManyPersons: {
    cause: 'The company has more people than Xero keeps with a contact.',
    fix: 'In Zoho CRM, move or delete people of the company until six or fewer are left, and save. They then cross by themselves.',
  },
  lineWithoutProduct: {
    cause: 'An invoice line has no product, which Zoho CRM needs.',
    fix: 'Connect Zoho CRM again in Tandem: it makes the product that stands in for such lines. Then try again.',
  },
  accountNotChosen: {
    cause: 'No ledger account is chosen for invoice lines without an item.',
    fix: 'Choose one of the Ledger accounts (Xero) in the settings of Tandem, then try again.',
  },
  customerArchived: {
    cause: 'The customer of the invoice is archived in Xero, so it takes no new documents.',
    fix: 'Restore the contact in Xero, or choose another customer for the invoice in Zoho CRM. Then try again.',
  },
  onlineSaleContactMissing: {
    cause: 'The one Xero contact for all online sales cannot be found.',
    fix: 'Make a contact of that name in Xero, or choose one in the settings of Tandem. Then try again: all waiting sales use that one.',
  },
  numberTaken: {
    cause: 'Another invoice in Xero has this number already.',
    fix: 'If both are the same invoice, link them. If not, type the free number below into Xero Invoice No. of the invoice in Zoho CRM and save: it then crosses under that number.',
  },
  dueDateMissing: {
    cause: 'The document has no due date, which an approved document needs.',
    fix: 'Fill in its due date in Zoho CRM and save. Or set payment terms on the Xero contact or a due date rule in Tandem, then try again.',
  },
  supplierArchived: {
    cause: 'The supplier of the bill is archived in Xero, so it takes no new documents.',
    fix: 'Restore the contact in Xero, or choose another vendor for the purchase order in Zoho CRM. Then try again.',
  },
  supplierIsCustomer: {
    cause: 'A supplier who is a customer too was changed as a supplier.',
    fix: 'Make the change on the company (CRM Account): it then reaches Xero and the vendor. Or set the vendor back in Zoho CRM.',
  },
  mappingInvalid: {
    cause: 'A setting of Tandem does not fit what the two systems have.',
    fix: 'Correct the setting named below in Tandem, then sync again.',
  },
  ownerUnknown: {
    cause: 'The chosen owner of new records is no active user of Zoho CRM.',
    fix: 'Choose another owner in the settings of Tandem. Until then new records in Zoho CRM belong to the user who connected it.',
  },
  unmappedValue: {
    cause: 'A value is missing in a value table of the field mapping.',
    fix: 'Add the value named below to the table in the field mapping of Tandem. At the next sync the record goes on by itself.',
  },
  expressionFailed: {
    cause: 'A rule of the field mapping does not work for this record.',
    fix: 'Change the value named below where it was typed in, or the rule in the field mapping of Tandem. Then sync again.',
  },
  approvalNeeded: {
    cause: 'The preview waits for your approval.',
    fix: 'Look through the preview and approve it in Tandem. Until then nothing of it is written.',
  },
  tooManyCreates: {
    cause: 'Unusually many new records would be made.',
    fix: 'Look through the preview. If it is right, approve it in Tandem; until then nothing of it is written.',
  },
  tooManyUpdates: {
    cause: 'Unusually many records would be changed.',
    fix: 'Look through the preview. If this was meant, approve it in Tandem; until then nothing of it is written.',
  },
  tooManyDeletes: {
    cause: 'Unusually many records would be deleted.',
    fix: 'Look through the preview. If they shall really go, approve it in Tandem; until then nothing is deleted.',
  },
  sameValueEverywhere: {
    cause: 'The same value would be written into unusually many records.',
    fix: 'Look through the preview for a mistaken mass change. If it was meant, approve it in Tandem; until then nothing of it is written.',
  },
  tooManyAbsent: {
    cause: 'Unusually many records seem to have disappeared.',
    fix: 'Check in that system whether they were deleted on purpose. Restore them if not, or approve the preview in Tandem.',
  },
  sideEmpty: {
    cause: 'One system suddenly shows no records at all.',
    fix: 'Check in that system that the records are there and that the signed-in user may see them, then sync again.',
  },
  pingPong: {
    cause: 'The record keeps changing back and forth.',
    fix: 'Look for another app or rule in Zoho CRM or Xero that changes the same fields, and stop it. Then try again.',
  },
  syncSwitchedOff: {
    cause: 'The sync is switched off.',
    fix: 'Switch it on in the settings of Tandem (Allow sync). It then picks up everything that has changed meanwhile.',
  },
  paymentWithoutInvoice: {
    cause: 'The payment names no invoice, so Xero cannot record it.',
    fix: 'In Zoho CRM, choose the invoice that it pays and save the payment. Or keep it out of the sync.',
  },
  paymentNotOpen: {
    cause: 'Xero records payments only on invoices that are approved and still owed.',
    fix: 'Approve the invoice in Xero: the payment then goes by itself. If it is paid, voided or deleted there, delete the payment in Zoho CRM or keep it out of the sync.',
  },
  paymentTooMuch: {
    cause: 'The payment is more than what is still owed on its invoice in Xero.',
    fix: 'Correct the amount in Zoho CRM and save. What was paid too much is entered in Xero, as an overpayment.',
  },
  paymentCurrency: {
    cause: 'The payment is in a foreign currency, or in another one than its invoice.',
    fix: 'Enter it in Xero, where the rate of the bank is known: it then comes to Zoho CRM by itself. Then delete this one, or keep it out of the sync.',
  },
  paymentAccountMissing: {
    cause: 'Nobody has chosen the Xero account that payments go into.',
    fix: 'Choose a bank account of Xero, or one that takes payments, in the settings of the connection. The payment then goes by itself.',
  },
  paymentLooksDouble: {
    cause: 'Xero has a payment of that day and amount on the invoice already.',
    fix: 'If it is the same money, delete this payment in Zoho CRM or keep it out of the sync. If it is not, give it a reference of its own and save.',
  },
  paymentDiffers: {
    cause: 'The payment says something else in Zoho CRM than in Xero, where a payment cannot be changed.',
    fix: 'Set the record in Zoho CRM back to what Xero has. If Xero is wrong, delete the payment there and type a new one in Zoho CRM.',
  },
  paymentReconciled: {
    cause: 'The payment was deleted in Zoho CRM, but in Xero the bank has confirmed it.',
    fix: 'It stays in Xero. Restore it in Zoho CRM, or undo the match or the batch in Xero and try again, or keep it out of the sync.',
  },
  deletePaid: {
    cause: 'It was deleted in Zoho CRM, but money was paid on it in Xero.',
    fix: 'Restore it in Zoho CRM. Or remove the payment in Xero and try again, or correct the invoice in Xero with a credit note and keep it out of the sync.',
  },
  deleteCredited: {
    cause: 'It was deleted in Zoho CRM, but credit is allocated to it in Xero.',
    fix: 'Restore it in Zoho CRM. Or take the credit off the invoice in Xero and try again, or keep it out of the sync: what is credited stays in the books.',
  },
  deleteInvoiced: {
    cause: 'The quote was deleted in Zoho CRM, but it is invoiced in Xero.',
    fix: 'Restore it in Zoho CRM, or keep it out of the sync. If the quote shall really go, delete it in Xero: its invoice stays.',
  },
  deleteNeedsConsent: {
    cause: 'It was deleted in Zoho CRM; in Xero it goes only if you say so.',
    fix: 'Choose delete to void or delete it in Xero, which nobody can take back. Or restore it in Zoho CRM, or keep it out of the sync: then it stays in Xero.',
  },
  deletionUnproven: {
    cause: 'Zoho CRM shows it no more, but does not say that it was deleted.',
    fix: 'Check that the signed-in user may still see it in Zoho CRM, then try again. If it was really deleted, wait a minute and try again; until then nothing is deleted in Xero.',
  },
  restoreInXero: {
    cause: 'It is back in Zoho CRM; in Xero it was archived when it was deleted there.',
    fix: 'Restore the contact in Xero, under archived contacts: only Xero itself can do that. The two are then kept in step again. Or keep it out of the sync.',
  },
  voidIsFinal: {
    cause: 'It is back in Zoho CRM; in Xero it was voided when it was deleted there.',
    fix: 'Xero brings no voided invoice back. Copy it in Zoho CRM: the copy goes to Xero as a new invoice. Then delete this one again, or keep it out of the sync.',
  },
  itemInUse: {
    cause: 'Xero does not delete this item: documents name it, or it keeps stock.',
    fix: 'Restore the product in Zoho CRM, or keep it out of the sync. In Xero the item can be set to be no longer sold.',
  },
  bothSidesChanged: {
    cause: 'The same field was changed in both systems.',
    fix: 'Choose the value that is right. The next sync writes it into the other system.',
  },
  targetDeleted: {
    cause: 'The record was deleted in one system while it was changed in the other.',
    fix: 'Restore it where it was deleted and try again, or keep the other one out of the sync.',
  },
  beforeImageMoved: {
    cause: 'The record was changed after the preview was made.',
    fix: 'Nothing to do: it is looked at again at the next sync, with the newer value.',
  },
}
