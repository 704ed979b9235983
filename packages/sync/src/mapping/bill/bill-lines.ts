import type { ConnectionSettings } from '../../model/settings.ts'
import type { ValueObject } from '../../model/value.ts'
import { holdFor, type LineRules, type LineValue, type LinkContext, type Mapped, mapped } from '../contract.ts'
import { bigOf, isZero, plainText, roundTo } from '../decimal.ts'
import { isSameLine } from '../invoice/line-accept.ts'
import { documentLines } from '../invoice/line-rules.ts'
import { xeroNet } from '../invoice/totals.ts'
import { isCounted, itemAccount, itemRecord } from '../invoice/xero-faults.ts'
import { rowsAt, textAt } from '../record-fields.ts'
import { asPurchase, purchaseSettings } from './as-purchase.ts'

export const SUBFORM = 'Purchase_Items'
/** Digits that Xero keeps of a unit price (xero.md 4.3, `unitdp=4`). */
const PRICE_PLACES = 4

/** Lines of a purchase order as those of its bill: written in the CRM, with taxes and accounts of purchases. */
export function billLines(settings: ConnectionSettings): LineRules {
  const rules = documentLines(purchaseSettings(settings), SUBFORM)
  const accept: LineRules['accept'] = (target, line, context) => {
    const stated = target === 'xero' ? withoutDiscount(line) : mapped(line)
    return stated.type === 'hold' ? stated : rules.accept(target, stated.value, asPurchase(context))
  }
  return {
    ...rules,
    owner: 'zoho',
    read: (view, context) => rules.read(view, asPurchase(context)),
    accept,
    corresponds(zoho, xero, context) {
      const onXero = accept('xero', zoho, context)
      if (onXero.type === 'mapped' && isSameLine(onXero.value, xero)) return true
      return rules.corresponds(zoho, xero, asPurchase(context))
    },
    write: (target, lines, context) =>
      withAccounts(rules.write(target, lines, asPurchase(context)), asPurchase(context)),
  }
}

/** Bills take no discounts (xero.md 4.3): the price is what is left to pay, as long as that comes to the cent (I11). */
function withoutDiscount(line: LineValue): Mapped<LineValue> {
  if (line.discountPercent === null && isZero(line.discountAmount)) return mapped(line)
  const [quantity, net] = [bigOf(line.quantity), bigOf(line.net)]
  const plain = { ...line, discountPercent: null, discountAmount: '0' }
  if (quantity.eq(0)) return mapped({ ...plain, unitPrice: '0' })
  const stated = { ...plain, unitPrice: plainText(roundTo(net.div(quantity), PRICE_PLACES)) }
  if (xeroNet(stated).eq(net)) return mapped(stated)
  return holdFor(
    'totalsDiffer',
    `Xero takes no discount on a bill, and no price of ${PRICE_PLACES} decimals makes ${line.quantity} pieces come to ${line.net}: split the row, or put the discount into its price`,
  )
}

/** A new line of an item that has no account for purchases gets the chosen one. Xero fills in all the others itself. */
function withAccounts(payload: ValueObject, context: LinkContext): ValueObject {
  const { LineItems: lines } = payload
  if (lines === undefined) return payload
  return { ...payload, LineItems: rowsAt(payload, 'LineItems').map((row) => withAccount(row, context)) }
}

function withAccount(row: ValueObject, context: LinkContext): ValueObject {
  const code = textAt(row, 'ItemCode')
  const item = code === '' || textAt(row, 'LineItemID') !== '' ? undefined : itemRecord(code, context)
  if (item === undefined || isCounted(item, 'expense')) return row
  const account = itemAccount(item, 'expense', context)
  return account === '' ? row : { ...row, AccountCode: account }
}
