// The pages that have a path of their own, `/console/<page>`: the hub serves the same shell for each. A path carries
// ids of the contract at most, and nobody's data.

export const pageNames = [
  'avance',
  'bandeja',
  'bitacora',
  'consentimientos',
  'exportar',
  'historia',
  'mes',
  'casos',
  'comprobar',
  'convenio',
  'enviadas',
  'llaves',
  'mi-llave',
  'referir',
  'sin-recoger',
  'solicitar',
] as const
export type PageName = (typeof pageNames)[number]

/**
 * `/console/casos/01945c…/abrir`: a page, and up to two segments of its own. What is none is 404 (functions/console).
 */
export const pagePath = new RegExp(`^(${pageNames.join('|')})(/[A-Za-z0-9_-]{1,64}){0,2}/?$`)
