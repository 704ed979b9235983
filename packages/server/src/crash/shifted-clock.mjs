// Loaded before the product in a process of a crash test: its parent lets hours go by, so that a minute's settle time
// costs a test no minute. Only the clock moves; timers and everything else stay real.
const RealDate = Date
const realNow = RealDate.now.bind(RealDate)
const realMonotonic = performance.now.bind(performance)
let shiftMs = Number(process.env.TANDEM_TEST_SHIFT_MS ?? '0')

class ShiftedDate extends RealDate {
  constructor(...parts) {
    if (parts.length === 0) super(realNow() + shiftMs)
    else super(...parts)
  }
  static now() {
    return realNow() + shiftMs
  }
}

globalThis.Date = ShiftedDate
performance.now = () => realMonotonic() + shiftMs

process.on('message', (message) => {
  shiftMs = message.shiftMs
  process.send({ shiftMs })
})
// Ended with its parent, however that ended.
process.on('disconnect', () => process.kill(process.pid, 'SIGKILL'))
process.channel?.unref()
