import { checkValue } from './check-value.ts'
import { type Finding, findingsOf } from './finding.ts'
import { WEBHOOK_FILE } from './specs-folder.ts'

const SCHEMA = {
  file: WEBHOOK_FILE,
  node: {
    anyOf: ['WebhookEvent', 'CreditNoteWebhookEvent'].map((name) => ({ $ref: `#/components/schemas/${name}` })),
  },
}

/** Compares what a Xero webhook posts (parsed) with the vendor's file. */
export function checkXeroWebhook(body: unknown): Finding[] {
  const context = { api: 'xero', direction: 'request', method: 'POST', path: 'webhook', status: undefined } as const
  return findingsOf(context, checkValue(SCHEMA, body, { direction: 'response', areNullsFine: false }))
}
