import type { OpenAPIHono } from '@hono/zod-openapi'
import { type Link, mainPart } from '@tandem/sync/model/link.ts'
import type { Connection } from '@tandem/sync/store/contract.ts'
import type { Tandem } from '../tandem.ts'
import { recordPage } from './record-page.ts'

/** `/r/<link id>` stands in Xero's Url field of every invoice that we create, and leads to the record in the CRM (design section 4). */
export function linkRoutes(app: OpenAPIHono, tandem: Tandem): void {
  app.get('/r/:linkId', async (c) => {
    const link = await tandem.store.reports.link(c.req.param('linkId'))
    const connection = link === undefined ? undefined : await tandem.store.connections.get(link.connectionId)
    if (link === undefined || connection === undefined) return c.text('This link leads nowhere any more.', 404)
    const target = pageOf(link, connection, tandem)
    return target === undefined ? c.text('This record has not been created yet.', 404) : c.redirect(target, 302)
  })
}

/** The CRM's page, which Xero cannot show; Xero's where the CRM has no record. */
function pageOf(link: Link, connection: Connection, tandem: Tandem): string | undefined {
  for (const side of ['zoho', 'xero'] as const) {
    const part = mainPart(link, side)
    if (part === undefined || part.remoteId === null) continue
    return recordPage({ ...part, remoteId: part.remoteId }, connection, tandem.config)
  }
  return undefined
}
