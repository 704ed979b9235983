import { createServer, type RequestListener } from 'node:http'
import { afterEach, expect, it } from 'vitest'
import { NetworkFailure } from '../../ports/network.ts'
import { MAX_BODY_BYTES, nodeNetwork } from './node-network.ts'

const closers: (() => void)[] = []
afterEach(() => {
  for (const close of closers.splice(0)) close()
})

async function serve(listener: RequestListener): Promise<string> {
  const server = createServer(listener)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  closers.push(() => {
    server.closeAllConnections()
    server.close()
  })
  const address = server.address()
  return typeof address === 'object' && address !== null ? `http://127.0.0.1:${address.port}` : ''
}

const ask = (url: string, timeoutMs = 5000) =>
  nodeNetwork.exchange({ method: 'POST', url, headers: { 'X-Own': 'yes' }, body: 'héllo', timeoutMs })

async function failureOf(promise: Promise<unknown>): Promise<NetworkFailure> {
  const caught: unknown = await promise.then(
    () => undefined,
    (error: unknown) => error,
  )
  if (caught instanceof NetworkFailure) return caught
  throw new Error(`Expected a NetworkFailure, got ${String(caught)}`)
}

it('sends method, headers and body, and reads status, lower-case headers and the whole body', async () => {
  const url = await serve((request, response) => {
    response.writeHead(418, { 'X-Day': '7' })
    request.on('data', (chunk) => response.write(chunk))
    request.on('end', () => response.end(`|${request.method}|${String(request.headers['x-own'])}`))
  })
  const answer = await ask(url)
  expect(answer.status).toBe(418)
  expect(answer.headers['x-day']).toBe('7')
  expect(answer.body).toBe('héllo|POST|yes')
})

it('does not follow redirects: the token would go to another host', async () => {
  const url = await serve((_request, response) => response.writeHead(302, { location: 'http://localhost:1/' }).end())
  expect((await ask(url)).status).toBe(302)
})

it('knows that a refused connection never arrived: otherwise every outage would leave unknown writes', async () => {
  const url = await serve((_request, response) => response.end())
  for (const close of closers.splice(0)) close()
  await new Promise((resolve) => setTimeout(resolve, 20))
  expect((await failureOf(ask(url))).mayHaveArrived).toBe(false)
})

it('knows that an unknown host never arrived', async () => {
  expect((await failureOf(ask('http://does-not-exist.invalid/'))).mayHaveArrived).toBe(false)
})

it('counts a reset after sending as possibly arrived: repeating it blindly would duplicate', async () => {
  const url = await serve((request) => request.socket.destroy())
  const failure = await failureOf(ask(`${url}/path?token=secret`))
  expect(failure.mayHaveArrived).toBe(true)
  expect(failure.message).not.toContain('secret')
})

it('counts a time-out as possibly arrived, and says that it was one', async () => {
  const url = await serve(() => undefined)
  const failure = await failureOf(ask(url, 50))
  expect(failure).toMatchObject({ mayHaveArrived: true, reason: 'timedOut' })
})

it('counts an answer cut off in its body as possibly arrived', async () => {
  const url = await serve((_request, response) => {
    response.writeHead(200, { 'content-length': '100' })
    response.write('half')
    setTimeout(() => response.destroy(), 20)
  })
  expect((await failureOf(ask(url))).mayHaveArrived).toBe(true)
})

it('stops reading an endless body: it would fill the memory', async () => {
  const block = Buffer.alloc(4 * 1024 * 1024, 'x')
  let sent = 0
  const url = await serve((_request, response) => {
    const pour = () => {
      while (!response.destroyed && sent < 2 * MAX_BODY_BYTES) {
        sent += block.length
        if (!response.write(block)) {
          response.once('drain', pour)
          return
        }
      }
      response.end()
    }
    pour()
  })
  expect((await failureOf(ask(url, 20_000))).message).toContain('more than we read')
})
