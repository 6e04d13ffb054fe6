// Finds Spanish that stands in code: every string of a source file, without its comments, judged by its letters and its
// words. Text in, strings out.

/** A comment, a pattern, or a string of one of the three kinds. Nested templates come as their parts. */
const token =
  /\/\*[\s\S]*?\*\/|\/\/[^\n]*|(?<=[(=,:;!&|?{}\n[]\s*)\/(?![*/])(?:\\.|\[(?:\\.|[^\]\\\n])*\]|[^/\\\n])+\/|'(?:\\.|[^'\\\n])*'|"(?:\\.|[^"\\\n])*"|`(?:\\.|[^`\\])*`/g

/** Letters that Spanish has and neither English nor code has: as they are, or escaped. */
const letters = /[áéíóúüñÁÉÍÓÚÜÑ¿¡]|\\u00(?:[ce][139ad]|[df][13ac]|bf|a1)/i

/** Words that hardly any Spanish sentence goes without, and that no English one has. */
const words =
  /(?<![\p{L}\d_.|/-])(?:el|la|las|los|lo|un|una|del|al|que|con|sin|por|para|su|sus|se|de|y|ya|esta|este|desde|hasta|nada|nadie|falta|llave|bandeja|referencia|convenio|consentimiento|intercambio)(?![\p{L}\d_.|/-])/u

export type Stray = { line: number; text: string }

/** Its strings, each with its line and what stands before it. */
const stringsIn = (source: string): (Stray & { before: string })[] =>
  [...source.matchAll(token)]
    .filter(({ 0: text }) => !text.startsWith('/'))
    .map(({ 0: text, index }) => ({
      text: text.slice(1, -1),
      before: source.slice(Math.max(0, index - 12), index),
      line: source.slice(0, index).split('\n').length,
    }))

/** Two words or more, one of four letters: a code is one word, and lists of codes have short ones. */
const isProse = (text: string) =>
  /\p{L}[^\s\p{L}]*\s+[^\s\p{L}]*\p{L}/u.test(text) && /\p{L}{4}/u.test(text)

/** A sentence without the values in it, and without the capital that it begins with. */
const spoken = (text: string) => {
  const told = text.replaceAll(/\$?\{[^}]*\}/g, ' ').trim()
  return told.slice(0, 1).toLowerCase() + told.slice(1)
}

/** Strings of a source file that are Spanish: by a letter, by a word, or as the `es` of a pair of languages. */
export const straysIn = (source: string): Stray[] =>
  stringsIn(source)
    .filter(
      ({ text, before }) =>
        letters.test(text) ||
        /\bes['"]?:\s*$/.test(before) ||
        (isProse(text) && words.test(spoken(text))),
    )
    .map(({ line, text }) => ({ line, text }))
