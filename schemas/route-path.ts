// Path templates of the contract as patterns: `{name}` is one segment, `{name+}` one or more.

/** What the template's parameters are called in the groups of its pattern: `tile+` is `tile`. */
export const pathPattern = (template: string): RegExp =>
  new RegExp(
    `^${template
      .split('/')
      .map(part =>
        part.replace(/^\{(\w+)(\+?)\}$/, (_, name: string, more: string) =>
          more ? `(?<${name}>.+)` : `(?<${name}>[^/]+)`,
        ),
      )
      .map(part => (part.startsWith('(') ? part : part.replaceAll('.', String.raw`\.`)))
      .join('/')}$`,
  )
