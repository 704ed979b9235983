import type { Probe, ProbeCall, Reply } from './probe.ts'

const API = '/crm/v8'

type Headers = Readonly<Record<string, string>>

/** The verbs of Zoho's CRM API on a probe. Paths are relative: `Accounts?fields=id`. Writes run no automation. */
export interface ZohoVerbs {
  get(path: string, headers?: Headers): Promise<Reply>
  insert(path: string, ...records: readonly object[]): Promise<Reply>
  update(path: string, ...records: readonly object[]): Promise<Reply>
  /** An update of one record with a condition in the headers. */
  guardedUpdate(path: string, record: object, headers: Headers): Promise<Reply>
  /** A write whose body is not a list of records. */
  send(method: NonNullable<ProbeCall['method']>, path: string, body: unknown): Promise<Reply>
  remove(path: string): Promise<Reply>
  /** The same verbs, for calls that must be answered with that status. */
  refused(status: number): ZohoVerbs
}

export function zohoVerbs(probe: Probe): ZohoVerbs {
  const { call } = probe
  const send: ZohoVerbs['send'] = (method, path, body) => call({ method, path: `${API}/${path}`, body })
  return {
    get: (path, headers = {}) => call({ path: `${API}/${path}`, headers }),
    insert: (path, ...records) => send('POST', path, { data: records, trigger: [] }),
    update: (path, ...records) => send('PUT', path, { data: records, trigger: [] }),
    guardedUpdate: (path, record, headers) =>
      call({ method: 'PUT', path: `${API}/${path}`, body: { data: [record], trigger: [] }, headers }),
    send,
    remove: (path) => call({ method: 'DELETE', path: `${API}/${path}` }),
    refused: (status) => zohoVerbs(probe.expecting(status)),
  }
}
