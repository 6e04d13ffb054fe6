// @ts-check
/**
 * Sets this thread's clock `offsetMs` ahead. Times that are given, not asked for, stay as they are.
 * @param {number} offsetMs
 */
export const shiftDate = offsetMs => {
  const RealDate = Date
  const now = () => RealDate.now() + offsetMs
  globalThis.Date = new Proxy(RealDate, {
    apply: () => new RealDate(now()).toString(),
    construct: (target, parameters, newTarget) =>
      Reflect.construct(target, parameters.length === 0 ? [now()] : parameters, newTarget),
    get: (target, name, receiver) => (name === 'now' ? now : Reflect.get(target, name, receiver)),
  })
  RealDate.prototype.constructor = globalThis.Date
}
