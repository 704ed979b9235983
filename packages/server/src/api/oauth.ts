import type { OpenAPIHono } from '@hono/zod-openapi'
import { html } from 'hono/html'
import type { ConsentDesk } from '../connect/desk.ts'
import type { ConsentView } from '../views/connection.ts'

/** Where consent pages send people back. The state decides; nothing else of the request is believed. */
export function oauthRoutes(app: OpenAPIHono, desk: ConsentDesk): void {
  for (const system of ['zoho', 'xero'] as const) {
    app.get(`/oauth/${system}/callback`, async (c) => {
      const view = await desk.callback(system, new URL(c.req.url).searchParams)
      c.header('cache-control', 'no-store')
      c.header('referrer-policy', 'no-referrer')
      return c.html(page(sentences(view)), view.type === 'failed' ? 400 : 200)
    })
  }
}

interface Sentences {
  readonly title: string
  readonly text: string
}

function sentences(view: ConsentView): Sentences {
  switch (view.type) {
    case 'connected':
      return { title: 'Connected', text: `${view.connection.name} is ready. You can close this page.` }
    case 'half':
      return view.system === 'zoho'
        ? { title: 'Zoho CRM is signed in', text: 'Next: tandem connect xero. You can close this page.' }
        : { title: 'Xero is signed in', text: 'Next: tandem connect zoho. You can close this page.' }
    case 'chooseTenant':
      return { title: 'Which organisation?', text: 'You connected several. Choose one where you ran tandem connect.' }
    case 'waiting':
      return { title: 'One moment', text: 'The sign-in is under way.' }
    case 'failed':
      return { title: view.title, text: view.fix }
  }
}

function page({ title, text }: Sentences) {
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>Tandem: ${title}</title>
        <style>
          body { font: 16px/1.5 system-ui, sans-serif; max-width: 34rem; margin: 4rem auto; padding: 0 1rem; color-scheme: light dark; }
          h1 { font-size: 1.4rem; }
        </style>
      </head>
      <body><h1>${title}</h1><p>${text}</p></body>
    </html>`
}
