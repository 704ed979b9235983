import { describe, expect, it } from 'vitest'
import { type Loose, openOrg, type TestOrg } from '../test-org.ts'

const DEAL = { Deal_Name: 'Big one', Stage: 'Qualification', Closing_Date: '2026-04-01' }
const post = (org: TestOrg, more: Record<string, unknown>) =>
  org.call('POST', '/Deals', { body: { data: [{ ...DEAL, ...more }], trigger: [] } })

async function layoutPicks(org: TestOrg, field: string): Promise<readonly Loose[]> {
  const layouts = (await org.call('GET', '/settings/layouts?module=Deals')).json
  const fields = layouts.list('layouts', 0, 'sections', 0, 'fields')
  return fields.find((one) => one.at('api_name') === field)?.list('pick_list_values') ?? []
}
const won = (stages: readonly Loose[]) =>
  stages.filter((stage) => stage.at('forecast_type') === 'Closed Won').map((stage) => stage.at('actual_value'))

async function pipelines(org: TestOrg) {
  const layout = (await org.call('GET', '/settings/layouts?module=Deals')).json.text('layouts', 0, 'id')
  return org.call('GET', `/settings/pipeline?layout_id=${layout}`)
}

describe('stages', () => {
  it('say which of them is won, in layouts and pipelines, also after an admin renamed it', async () => {
    const org = await openOrg()
    const id = await org.add('Deals', { ...DEAL, Stage: 'Closed Won' })
    expect(won(await layoutPicks(org, 'Stage'))).toEqual(['Closed Won'])
    await org.act({ action: 'renameStage', from: 'Closed Won', to: 'Hooray' })
    expect(won(await layoutPicks(org, 'Stage'))).toEqual(['Hooray'])
    expect(won((await pipelines(org)).json.list('pipeline', 0, 'maps'))).toEqual(['Hooray'])
    const [pipeline] = await layoutPicks(org, 'Pipeline')
    expect(won(pipeline?.list('maps', 0, 'pick_list_values') ?? [])).toEqual(['Hooray'])
    expect((await org.call('GET', `/Deals/${id}`)).json.at('data', 0, 'Stage')).toBe('Hooray')
    expect((await post(org, { Stage: 'Closed Won' })).json.at('data', 0, 'code')).toBe('INVALID_DATA')
    const fields = (await org.call('GET', '/settings/fields?module=Deals')).json.list('fields')
    const stage = fields.find((field) => field.at('api_name') === 'Stage')
    expect(won(stage?.list('pick_list_values') ?? [])).toEqual([])
  })

  it('say it in pipelines alone, or nowhere, by switch', async () => {
    const org = await openOrg()
    org.set('stageForecastType', 'pipelineOnly')
    expect(won(await layoutPicks(org, 'Stage'))).toEqual([])
    expect(won((await pipelines(org)).json.list('pipeline', 0, 'maps'))).toEqual(['Closed Won'])
    org.set('stageForecastType', 'absent')
    const stages = (await pipelines(org)).json.list('pipeline', 0, 'maps')
    expect([stages.length, won(stages).length]).toEqual([9, 0])
    expect((await org.call('GET', '/settings/pipeline')).json.at('code')).toBe('REQUIRED_PARAM_MISSING')
    expect((await org.call('GET', '/settings/pipeline?layout_id=1')).json.at('code')).toBe('INVALID_DATA')
  })

  it('belong to a pipeline: another one is refused in the words that the switch picks', async () => {
    const org = await openOrg()
    const wrong = { Pipeline: 'Renewals', Stage: 'Needs Analysis' }
    const refused = await post(org, wrong)
    expect([refused.status, refused.json.at('data', 0, 'code')]).toEqual([400, 'DEPENDENT_MISMATCH'])
    expect(refused.json.at('data', 0, 'details')).toEqual({
      dependee: { api_name: 'Pipeline', json_path: '$.data[0].Pipeline' },
      api_name: 'Stage',
      json_path: '$.data[0].Stage',
    })
    org.set('stageOutsidePipeline', 'INVALID_DATA')
    expect((await post(org, wrong)).json.at('data', 0, 'code')).toBe('INVALID_DATA')
    org.set('stageOutsidePipeline', 'MAPPING_MISMATCH')
    expect((await post(org, wrong)).json.at('data', 0, 'details', 'mapped_field')).toBe('Pipeline')
    const id = await org.add('Deals', { ...DEAL, Pipeline: 'Renewals' })
    const moved = await org.act({ action: 'setStage', id, stage: 'Value Proposition' })
    expect([moved.status, moved.text.includes('MAPPING_MISMATCH')]).toEqual([400, true])
    const both = { action: 'setStage', id, stage: 'Value Proposition', pipeline: 'Standard (Standard)' }
    expect((await org.act(both)).json.at('result', 'Stage')).toBe('Value Proposition')
  })

  it('are set by a person, whom watchers hear of', async () => {
    const org = await openOrg()
    const watch = { channel_id: '7', events: ['Deals.edit'], notify_url: 'https://app.example.com/hooks' }
    await org.call('POST', '/actions/watch', { body: { watch: [watch] } })
    const id = await org.add('Deals', DEAL)
    await org.act({ action: 'setStage', id, stage: 'Closed Won' })
    await org.clock.advance(2000)
    expect(org.callbacks[0]?.body.at('affected_fields', 0, id)).toEqual(['Stage', 'Modified_Time'])
    expect((await org.call('GET', `/Deals/${id}`)).json.at('data', 0, 'Modified_By', 'name')).toBe('Sally Nguyen')
  })

  it('a deal without a pipeline gets the first one, or is refused', async () => {
    const org = await openOrg()
    const id = await org.add('Deals', DEAL)
    expect((await org.call('GET', `/Deals/${id}`)).json.at('data', 0, 'Pipeline')).toBe('Standard (Standard)')
    org.set('dealPipeline', 'mandatory')
    expect((await post(org, {})).json.at('data', 0, 'details', 'api_name')).toBe('Pipeline')
    const cleared = await org.call('PUT', `/Deals/${id}`, { body: { data: [{ Pipeline: null }] } })
    expect(cleared.json.at('data', 0, 'code')).toBe('MANDATORY_NOT_FOUND')
    expect((await post(org, { Pipeline: 'Renewals' })).status).toBe(201)
  })
})

async function dealWithProduct() {
  const org = await openOrg()
  const deal = await org.add('Deals', DEAL)
  const product = await org.add('Products', { Product_Name: 'Widget', Unit_Price: 12.5 })
  const path = `/Deals/${deal}/Products`
  const link = (...ids: string[]) => org.call('PUT', path, { body: { data: ids.map((id) => ({ id })) } })
  const names = async () =>
    (await org.call('GET', `${path}?fields=Product_Name`)).json.list('data').map((row) => row.at('Product_Name'))
  return { org, deal, product, path, link, names }
}

describe('the products of a deal', () => {
  it('are linked, listed and unlinked, one element each', async () => {
    const { org, product, path, link, names } = await dealWithProduct()
    expect((await org.call('GET', `${path}?fields=id`)).status).toBe(204)
    const linked = await link(product, '5600000000999999999')
    expect([linked.status, linked.json.at('data', 0, 'message')]).toEqual([207, 'relation added'])
    expect(linked.json.at('data', 1, 'code')).toBe('INVALID_DATA')
    expect(await names()).toEqual(['Widget'])
    expect((await link(product)).json.at('data', 0, 'code')).toBe('DUPLICATE_LINKING_DATA')
    org.set('relinkedProduct', 'SUCCESS')
    expect((await link(product)).status).toBe(200)
    const removed = await org.call('DELETE', `${path}?ids=${product}`)
    expect(removed.json.at('data', 0, 'message')).toBe('relation removed')
    expect((await org.call('DELETE', `${path}?ids=${product}`)).status).toBe(400)
    expect(await names()).toEqual([])
  })

  it('carry no quantity or price, vanish with the product and come back with it', async () => {
    const { org, product, path, link, names } = await dealWithProduct()
    await link(product)
    const listed = (await org.call('GET', `${path}?fields=Unit_Price,Quantity`)).json
    expect(listed.at('data', 0)).toEqual({ Unit_Price: 12.5, id: product })
    await org.call('DELETE', `/Products/${product}`)
    expect(await names()).toEqual([])
    await org.act({ action: 'restore', id: product })
    expect(await names()).toEqual(['Widget'])
  })

  it('refuse a list without fields, a bad deal, a list that is none and writes to lists of lookups', async () => {
    const { org, deal, path } = await dealWithProduct()
    const code = async (method: string, url: string) => (await org.call(method, url)).json.at('code')
    expect(await code('GET', path)).toBe('REQUIRED_PARAM_MISSING')
    expect(await code('GET', '/Deals/5600000000999999999/Products?fields=id')).toBe('INVALID_DATA')
    expect(await code('GET', `/Deals/${deal}/Nothing?fields=id`)).toBe('INVALID_DATA')
    expect(await code('DELETE', `/Deals/${deal}/Quotes?ids=1`)).toBe('CANNOT_BE_UPDATED')
    expect(await code('DELETE', path)).toBe('REQUIRED_PARAM_MISSING')
    expect(await code('POST', path)).toBe('INVALID_REQUEST_METHOD')
    const lists = (await org.call('GET', '/settings/related_lists?module=Deals')).json.list('related_lists')
    expect(lists.map((list) => list.at('api_name'))).toEqual(expect.arrayContaining(['Quotes', 'Products']))
    await org.limitTo('ZohoCRM.modules.deals.READ')
    expect(await code('GET', `${path}?fields=id`)).toBe('OAUTH_SCOPE_MISMATCH')
  })

  it('are linked by a person too; whether that moves the deal is a switch', async () => {
    const { org, deal, product, names } = await dealWithProduct()
    const modified = async () => (await org.call('GET', `/Deals/${deal}`)).json.text('data', 0, 'Modified_Time')
    await org.clock.advance(5000)
    await org.act({ action: 'linkProduct', id: deal, productId: product })
    expect([await names(), await modified()]).toEqual([['Widget'], '2026-03-01T10:00:00+11:00'])
    expect((await org.raw('GET', `/__sandbox/records/Deals/${deal}`)).text).toContain('<li>Widget</li>')
    org.set('relationBumpsModified', 'yes')
    await org.act({ action: 'unlinkProduct', id: deal, productId: product })
    expect([await names(), await modified()]).toEqual([[], '2026-03-01T10:00:05+11:00'])
    expect((await org.act({ action: 'unlinkProduct', id: deal, productId: product })).status).toBe(400)
  })
})
