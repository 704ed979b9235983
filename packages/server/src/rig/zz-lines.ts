import { createEngineRig } from './engine-rig.ts'
import { settle } from './settle.ts'
import { readStates } from './oracle-state.ts'
import { xeroEdit, zohoAct, zohoCreate } from './acts.ts'
const rig = await createEngineRig({ rate: 200, profile: {contacts:4,items:3,invoices:4,shape:'bothEqual'} })
await rig.syncApproved(); await settle(rig)
const s = await readStates(rig)
const account = s.zoho.records.Accounts.find(a=>a.Xero_ID!=='')!
const products = s.zoho.records.Products.filter((one) => one.Xero_ID !== '')
const made = await zohoCreate(rig, 'Invoices', { Subject: 'Three lines', Account_Name: { id: account.id }, Invoice_Date: '2026-11-18', Due_Date: '2026-12-18', Status: 'Created',
  Invoiced_Items: products.slice(0, 3).map((product, index) => ({ Product_Name: { id: product.id }, Quantity: index + 1, List_Price: 100, Description: `Line ${index + 1}` })) })
await settle(rig)
const show = async () => { const s = await readStates(rig); const crm = s.zoho.records.Invoices.find(i=>i.id===made.id)!; const b = s.xero.invoices.find(i=>i.id===crm.Xero_ID)!
 console.log('Z', crm.Grand_Total, crm.Invoiced_Items.map(r=>r.Description), 'X', b.total, b.lines.map(l=>l.description), b.lineAmountTypes); return {crm,b} }
const go = async () => { for (const p of (await settle(rig)).passes) { if ('planId' in p && p.planId) for (const o of await rig.store.reports.planOps(p.planId)) console.log('  ', o.state, o.side, o.verb, o.code, JSON.stringify(o.payload).slice(0,900)) } ; for (const i of await rig.store.reports.inbox(rig.connectionId)) console.log('  inbox', i.code, JSON.stringify(i.detail)) }
let d = await show()
await zohoAct(rig, { action: 'deleteRow', id: made.id, rowId: d.crm.Invoiced_Items[0]!.id })
await go(); d = await show()
await xeroEdit(rig, {action:'editInvoice', id: d.b.id}, { LineItems: d.b.lines.slice(1).map(l=>({LineItemID:l.id, ItemCode:l.itemCode, Description:l.description, Quantity:l.quantity, UnitAmount:l.unitAmount, TaxType:l.taxType, AccountCode:l.accountCode})) })
await show()
await go(); d = await show()
await rig.close()
