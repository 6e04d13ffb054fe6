// Tells what a function's thread holds: its environment and its clock. Writes a line to each output.
const born = new Date().toISOString()

export const handler = async (): Promise<unknown> => {
  console.log('{"what":"on stdout"}')
  console.error('{"what":"on stderr"}')
  return {
    environment: { ...process.env },
    born,
    now: Date.now(),
    newDate: new Date().toISOString(),
    text: Date(),
    given: new Date(0).toISOString(),
    isDate: new Date() instanceof Date && Object.getPrototypeOf(new Date()) === Date.prototype,
    sameClass: new Date(5).constructor === Date,
    utc: Date.UTC(2026, 0, 1),
  }
}
