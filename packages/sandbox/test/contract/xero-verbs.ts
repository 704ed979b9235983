import type { Probe, Reply } from './probe.ts'

const API = '/api.xro/2.0'

/** The verbs of Xero's Accounting API on a probe. Paths are relative: `Contacts?page=1`. */
export interface XeroVerbs {
  get(path: string, headers?: Readonly<Record<string, string>>): Promise<Reply>
  /** Creates. The records go into the envelope that the path calls for. */
  put(path: string, ...records: readonly object[]): Promise<Reply>
  /** Updates, or creates when no key matches. */
  post(path: string, ...records: readonly object[]): Promise<Reply>
  /** A POST or PUT whose body is not an envelope. */
  send(method: 'PUT' | 'POST', path: string, body: unknown): Promise<Reply>
  remove(path: string): Promise<Reply>
  /** The same verbs, for calls that must be answered with that status. */
  refused(status: number): XeroVerbs
}

export function xeroVerbs(probe: Probe): XeroVerbs {
  const { call } = probe
  const send = (method: 'PUT' | 'POST', path: string, body: unknown) => call({ method, path: `${API}/${path}`, body })
  return {
    get: (path, headers = {}) => call({ path: `${API}/${path}`, headers }),
    put: (path, ...records) => send('PUT', path, { [envelopeOf(path)]: records }),
    post: (path, ...records) => send('POST', path, { [envelopeOf(path)]: records }),
    send,
    remove: (path) => call({ method: 'DELETE', path: `${API}/${path}` }),
    refused: (status) => xeroVerbs(probe.expecting(status)),
  }
}

function envelopeOf(path: string): string {
  const [resource = '', , part] = path.split('?')[0]?.split('/') ?? []
  return part === undefined ? resource : part === 'History' ? 'HistoryRecords' : part
}
