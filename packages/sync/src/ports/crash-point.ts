/**
 * The places where a crash hurts most, each named once in the code where it is reached. Nothing happens there unless
 * TANDEM_CRASH_AT names one: then the process ends at that very point, as `kill -9` or a power cut would end it.
 */
export const CRASH_POINTS = {
  C1: 'webhook stored, 200 not sent',
  C2: 'page read, marks not committed',
  C3: 'marks committed, before the next page',
  C4: 'plan made, op not written',
  C5: 'op written and dispatch recorded, call not sent',
  C6: 'call sent, server has not applied it',
  C7: 'server applied, answer not read',
  C8: 'answer read, not recorded',
  C9: 'half of a batch recorded',
  C10: 'batch recorded with its marks, its events not yet',
  C11: 'token refreshed at the provider, not stored',
  C12: 'token stored, and its claim released with it, before anybody uses it',
  C13: 'link created, id of its partner not stored',
  C14: 'during a sweep',
  C15: 'during a migration of the database',
  C16: 'approval of a held plan stored, pass not begun',
  C17: 'lease lost while a call is under way: the process is stopped, not ended',
  C18: 'asked to stop in the middle of a batch',
} as const

export type CrashPoint = keyof typeof CRASH_POINTS

export interface CrashPoints {
  /** Called at the point itself; returns at once and does nothing in every process but a crash test's. */
  reached(point: CrashPoint): void
}

export const noCrash: CrashPoints = { reached: () => undefined }
