// A referral’s history and a consent’s end, as the console shows them to compliance officers.

export const consoleHistoryTexts = {
  'history.untitled': { es: 'Historia', en: 'History' },
  'history.title': { es: 'Historia de {folio}', en: 'History of {folio}' },
  'history.states': { es: 'Estados', en: 'States' },
  'history.state': { es: '{when}: {status} ({by})', en: '{when}: {status} ({by})' },
  'history.entries': { es: 'Lo que dice la bitácora', en: 'What the log says' },
  'history.status': { es: 'Estado', en: 'State' },
  'history.from': { es: 'Refiere', en: 'Referred by' },
  'history.to': { es: 'Recibe', en: 'Received by' },
  'history.content': { es: 'Contenido', en: 'Content' },
  'history.in-log': { es: 'Buscar en la bitácora', en: 'Look in the log' },

  'consent.title': { es: 'Consentimiento', en: 'Consent' },
  'consent.state': { es: 'Estado', en: 'State' },
  'consent.until': { es: 'Vale hasta', en: 'Valid until' },
  'consent.agreement': { es: 'Convenio', en: 'Agreement' },
  'consent.permits': { es: 'Qué permite', en: 'What it permits' },
  'consent.permit': {
    es: '{purpose}, {recipient}: {categories}',
    en: '{purpose}, {recipient}: {categories}',
  },
  'consent.events': { es: 'Qué ha pasado', en: 'What has happened' },
  'consent.event': { es: '{when}: {event} ({by})', en: '{when}: {event} ({by})' },
  'consent.deletion': { es: 'Eliminación', en: 'Deletion' },
  'consent.no-names': {
    es: 'Sin nombres: a qué persona corresponde lo sabe la institución que la refirió.',
    en: 'Without names: whom it is about is known to the institution that referred them.',
  },
  'consent.certificate': { es: 'Constancia de destrucción', en: 'Certificate of destruction' },
  'consent.intact': {
    es: 'El contenido no ha sido destruido: todavía no hay constancia.',
    en: 'The content has not been destroyed: there is no certificate yet.',
  },
  'consent.destroyed': { es: 'Qué se destruyó', en: 'What was destroyed' },
  'consent.remains': { es: 'Qué permanece y por qué', en: 'What remains, and why' },
  'consent.at': { es: 'Destruido el', en: 'Destroyed on' },
  'consent.cause': { es: 'Motivo', en: 'Reason' },
  'consent.print': { es: 'Imprimir', en: 'Print' },
} as const
