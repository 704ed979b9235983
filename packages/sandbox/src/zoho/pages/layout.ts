import { html } from 'hono/html'

const STYLE = `
:root { color-scheme: light; --ink: #1c2530; --soft: #5b6775; --line: #d9dfe6; --tint: #f4f6f9; --brand: #0b6e4f }
* { box-sizing: border-box }
body { margin: 0; font: 15px/1.5 system-ui, sans-serif; color: var(--ink); background: #fff }
header { display: flex; flex-wrap: wrap; gap: .4rem 1.2rem; align-items: baseline; padding: .8rem 1.5rem; background: var(--ink); color: #fff }
header a { color: #cfe7dd; text-decoration: none } header a.here { color: #fff; font-weight: 600; border-bottom: 2px solid #fff }
main { padding: 1.2rem 1.5rem 3rem; max-width: 1200px; margin: 0 auto } main.narrow { max-width: 640px }
h1 { font-size: 1.35rem; margin: .2rem 0 1rem }
table { border-collapse: collapse; width: 100% } th, td { text-align: left; padding: .45rem .7rem; border-bottom: 1px solid var(--line); vertical-align: top }
th { font-weight: 600; color: var(--soft); font-size: .85rem; background: var(--tint) } td.number, th.number { text-align: right; font-variant-numeric: tabular-nums }
a { color: var(--brand) }
form.search { display: flex; gap: .5rem; margin-bottom: 1rem } input, select, textarea { font: inherit; padding: .35rem .5rem; border: 1px solid var(--line); border-radius: 4px; width: 100% }
form.search input { max-width: 24rem } input:focus-visible, button:focus-visible, a:focus-visible { outline: 2px solid var(--brand); outline-offset: 1px }
button { font: inherit; padding: .4rem 1rem; border: 1px solid var(--line); border-radius: 4px; background: var(--tint); cursor: pointer } button.primary { background: var(--brand); color: #fff; border-color: var(--brand) }
.fields { display: grid; grid-template-columns: 14rem 1fr; gap: .5rem 1rem; align-items: center } .fields label { color: var(--soft) }
.note { padding: .6rem .9rem; border-radius: 4px; background: #e7f4ee; margin-bottom: 1rem } .note.bad { background: #fdecea }
.pages { display: flex; gap: 1rem; margin-top: 1rem; color: var(--soft) } .actions { margin: 1.2rem 0; display: flex; gap: .6rem }
@media (max-width: 640px) { .fields { grid-template-columns: 1fr; gap: .15rem } main { padding: 1rem } }
`

/** The frame of every page that a person sees. */
export function page(title: string, content: unknown) {
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${title} - CRM sandbox</title>
        <style>
          ${STYLE}
        </style>
      </head>
      <body>
        ${content}
      </body>
    </html>`
}
