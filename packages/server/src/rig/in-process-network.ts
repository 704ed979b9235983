import { DroppedConnection } from '@tandem/sandbox/core/pipeline.ts'
import { type HttpResponse, type Network, NetworkFailure } from '@tandem/sync/ports/network.ts'

interface App {
  fetch(request: Request): Response | Promise<Response>
}

/** Routes requests by origin to apps in this process: the whole engine against both sandboxes without a port. */
export function createInProcessNetwork(apps: Readonly<Record<string, App>>): Network {
  return {
    async exchange(request) {
      const app = apps[new URL(request.url).origin]
      if (app === undefined) throw new NetworkFailure(`Nothing listens at ${new URL(request.url).origin}`, false)
      try {
        const { method, headers, body } = request
        return await readAnswer(
          await app.fetch(new Request(request.url, { method, headers, ...(body === undefined ? {} : { body }) })),
        )
      } catch (failure) {
        if (failure instanceof DroppedConnection) throw new NetworkFailure(failure.message, true)
        throw failure
      }
    },
  }
}

async function readAnswer(response: Response): Promise<HttpResponse> {
  const headers: Record<string, string> = {}
  response.headers.forEach((value, name) => {
    headers[name.toLowerCase()] = value
  })
  return { status: response.status, headers, body: await response.text() }
}
