import { Hono } from 'hono'
import { editByHand, personOf } from '../control/person.ts'
import { problemBody } from '../problem.ts'
import type { World } from '../world.ts'
import { editPage } from './edit-page.ts'
import { valuesOfForm } from './form-values.ts'
import { listPage } from './list-page.ts'

const RECORD = '/__sandbox/records/:module/:id'

/** The CRM as a person sees it: lists, and one form per record. Edits are a sales person's, not the integration's. */
export function recordPages(world: World): Hono {
  const app = new Hono()
  app.get('/', (c) => {
    const page = Number(c.req.query('page') ?? '1')
    const view = { module: c.req.query('module') ?? 'Accounts', query: c.req.query('q') ?? '', page }
    return c.html(listPage(world, view))
  })
  app.get(RECORD, (c) => {
    const shown = editPage(world, { module: c.req.param('module'), id: c.req.param('id') }, undefined)
    return shown === undefined ? c.notFound() : c.html(shown)
  })
  app.post(RECORD, async (c) => {
    const target = { module: c.req.param('module'), id: c.req.param('id') }
    const form = new URLSearchParams(await c.req.text())
    const person = personOf(world, form.get('$user') ?? undefined)
    const outcome = editByHand(person, target.module, { ...valuesOfForm(world, target, form), id: target.id })
    const note =
      outcome.kind === 'refused'
        ? { isBad: true, text: JSON.stringify(problemBody(outcome.problem)) }
        : { isBad: false, text: 'Saved.' }
    const shown = editPage(world, target, note)
    return shown === undefined ? c.notFound() : c.html(shown, note.isBad ? 400 : 200)
  })
  return app
}
