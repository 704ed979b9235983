import type { Chance } from '../../core/chance.ts'
import type { VirtualClock } from '../../core/clock.ts'
import type { FaultBoard } from '../../core/faults.ts'
import type { BookEvent, EventCategory } from '../model/books.ts'
import type { XeroSwitches } from '../switches.ts'
import { type Deliver, type DeliveryRecord, EVENTS_PER_POST, isAccepted, post, reversed, urlFault } from './post.ts'
import { deliveryBody, type NumberedEvent, signatureOf } from './signature.ts'

export const RETRY_EVERY_MS = 15 * 60_000
export const GIVE_UP_AFTER_MS = 24 * 60 * 60_000
const RECORDS_KEPT = 500
/** What an app hears of unless it asks for more: PREPAYMENT and OVERPAYMENT are opted into (xero.md 0, 6). */
export const USUAL_CATEGORIES: readonly EventCategory[] = ['CONTACT', 'INVOICE', 'CREDITNOTE']

export interface WebhookParts {
  readonly clock: VirtualClock
  readonly chance: Chance
  readonly switches: XeroSwitches
  readonly faults: FaultBoard
  readonly webhookKey: string
  readonly tenantId: string
  readonly deliver: Deliver
  readonly baseUrl: () => string
}

export interface WebhookSender {
  /** Takes over committed changes; they go out after `webhookLatencyMs`. */
  enqueue(events: readonly BookEvent[]): void
  /**
   * Sets the URL and the categories, and tells whether the intent-to-receive validation passed (xero.md 6). Events of
   * other categories are never sent, nor kept for later.
   */
  configure(
    url: string,
    categories?: readonly EventCategory[],
  ): Promise<{ readonly passed: boolean; readonly message: string }>
  state(): WebhookState
  /** Forgets what is pending; the subscription stays. */
  clear(): void
}

export interface WebhookState {
  readonly url: string
  readonly categories: readonly EventCategory[]
  readonly status: 'none' | 'unvalidated' | 'active' | 'disabled'
  readonly pending: number
  readonly deliveries: readonly DeliveryRecord[]
}

/** At-least-once delivery of events to the app's one URL (xero.md 6). */
export function createWebhookSender(parts: WebhookParts): WebhookSender {
  return new Sender(parts)
}

class Sender implements WebhookSender {
  readonly #parts: WebhookParts
  #url = ''
  #categories: readonly EventCategory[] = USUAL_CATEGORIES
  #status: WebhookState['status'] = 'none'
  #pending: NumberedEvent[] = []
  #held: NumberedEvent[] = []
  #sequence = 0
  #isScheduled = false
  #failingSinceMs: number | undefined
  #deliveries: DeliveryRecord[] = []

  constructor(parts: WebhookParts) {
    this.#parts = parts
  }

  enqueue(events: readonly BookEvent[]): void {
    if (events.length === 0 || this.#status === 'none' || this.#status === 'unvalidated') return
    const wanted = events.filter((event) => this.#categories.includes(event.category))
    if (wanted.length === 0) return
    for (const event of wanted) {
      this.#sequence += 1
      this.#pending.push({ event, tenantId: this.#parts.tenantId, sequence: this.#numbered() })
    }
    if (this.#status === 'active') this.#schedule(Number(this.#parts.switches.get('webhookLatencyMs')))
  }

  async configure(
    url: string,
    categories: readonly EventCategory[] = USUAL_CATEGORIES,
  ): Promise<{ passed: boolean; message: string }> {
    const isLoopbackAllowed = this.#parts.switches.is('allowLoopbackNotify', 'on')
    const fault = urlFault(url, isLoopbackAllowed ? 'allowed' : 'refused')
    if (fault !== undefined) return { passed: false, message: fault }
    this.#url = url
    this.#categories = categories
    this.#status = 'unvalidated'
    const probes = Number(this.#parts.switches.get('intentProbes'))
    for (let probe = 0; probe < probes; probe += 1) {
      const isGood = probe % 2 === 0
      const status = await this.#send([], isGood ? 'probe' : 'badProbe')
      if (isGood ? !isAccepted(status) : status !== 401) {
        const wanted = isGood ? '2xx to a correctly' : '401 to a wrongly'
        return { passed: false, message: `Intent to receive failed: wanted ${wanted} signed probe, got ${status}` }
      }
    }
    this.#status = 'active'
    this.#failingSinceMs = undefined
    if (this.#pending.length > 0) this.#schedule(0)
    return { passed: true, message: 'Intent to receive passed' }
  }

  state(): WebhookState {
    return {
      url: this.#url,
      categories: this.#categories,
      status: this.#status,
      pending: this.#pending.length,
      deliveries: this.#deliveries,
    }
  }

  clear(): void {
    this.#pending = []
    this.#held = []
    this.#deliveries = []
    this.#failingSinceMs = undefined
  }

  /** Switch `webhookSequenceScope`; a tenant's own counter starts elsewhere, so that nobody takes one for the other. */
  #numbered(): number {
    return this.#parts.switches.is('webhookSequenceScope', 'tenant') ? 1000 + this.#sequence : this.#sequence
  }

  #schedule(delayMs: number): void {
    if (this.#isScheduled) return
    this.#isScheduled = true
    this.#parts.clock.schedule(delayMs, async () => {
      await this.#flush()
    })
  }

  /** Sends what is pending in order; stops at the first POST that is not taken. */
  async #flush(): Promise<void> {
    while (this.#pending.length > 0 && this.#status === 'active') {
      const batch = this.#pending.slice(0, EVENTS_PER_POST)
      if (!(await this.#sendBatch(batch))) {
        this.#isScheduled = false
        this.#failed()
        return
      }
      // New events only join at the end; a reset meanwhile has emptied the queue already.
      if (this.#pending[0] === batch[0]) this.#pending = this.#pending.slice(batch.length)
      this.#failingSinceMs = undefined
    }
    this.#isScheduled = false
  }

  #failed(): void {
    this.#failingSinceMs ??= this.#parts.clock.now()
    if (this.#parts.clock.now() - this.#failingSinceMs >= GIVE_UP_AFTER_MS) this.#status = 'disabled'
    else this.#schedule(RETRY_EVERY_MS)
  }

  async #sendBatch(batch: readonly NumberedEvent[]): Promise<boolean> {
    if (this.#fault('webhookForge') !== undefined) await this.#send(batch, 'forged')
    if (this.#fault('webhookDrop') !== undefined) return true
    const delayed = this.#fault('webhookDelay')
    if (delayed !== undefined) {
      this.#parts.clock.schedule(Number(delayed.ms ?? 60_000), async () => void (await this.#send(batch, 'events')))
      return true
    }
    if (this.#fault('webhookReorder') !== undefined) return this.#sendReordered(batch)
    if (this.#fault('webhookDuplicate') !== undefined) await this.#send(batch, 'events')
    // The first retry is immediate.
    const isTaken = isAccepted(await this.#send(batch, 'events')) || isAccepted(await this.#send(batch, 'events'))
    if (isTaken && this.#held.length > 0) {
      const held = this.#held
      this.#held = []
      await this.#send(held, 'events')
    }
    return isTaken
  }

  /** Last first, one POST each; a single event waits until a later one has gone out. */
  async #sendReordered(batch: readonly NumberedEvent[]): Promise<boolean> {
    if (batch.length === 1) {
      this.#held.push(...batch)
      return true
    }
    for (const events of reversed(batch)) await this.#send(events, 'events')
    return true
  }

  async #send(events: readonly NumberedEvent[], kind: DeliveryRecord['kind']): Promise<number | 'failed'> {
    const { chance, webhookKey, deliver, clock, switches } = this.#parts
    const numbered = switches.is('webhookSequenceScope', 'delivery')
      ? events.map((entry, sequence) => ({ ...entry, sequence }))
      : events
    const shown =
      kind === 'forged'
        ? numbered.map((entry) => ({ ...entry, event: { ...entry.event, resourceId: chance.guid() } }))
        : numbered
    const body = deliveryBody(shown, { baseUrl: this.#parts.baseUrl(), chance })
    const key = kind === 'badProbe' || kind === 'forged' ? `not ${webhookKey}` : webhookKey
    const atMs = clock.now()
    const status = await post(deliver, this.#url, { body, signature: signatureOf(body, key) })
    this.#deliveries = [...this.#deliveries.slice(-RECORDS_KEPT), { atMs, kind, events: events.length, status }]
    return status
  }

  #fault(name: string) {
    return this.#parts.faults.takeNamed(name, 'POST', this.#url)
  }
}
