/** Structured lines for the operator. Never a token, a secret or a record's content. */
export interface Log {
  info(event: string, detail?: Readonly<Record<string, string | number | boolean | null>>): void
  warn(event: string, detail?: Readonly<Record<string, string | number | boolean | null>>): void
}

export const silentLog: Log = { info: () => undefined, warn: () => undefined }
