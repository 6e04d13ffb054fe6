// The console's sentences for liaisons, in Guatemalan Spanish and in English.

export const consoleLiaisonTexts = {
  'keys.title': { es: 'Llaves de {institution}', en: 'Keys of {institution}' },
  'keys.caption': { es: 'Llaves de su institución', en: 'Keys of your institution' },
  'keys.none': { es: 'Ninguna.', en: 'None.' },
  'keys.wait': { es: 'Esperan confirmación', en: 'Waiting to be confirmed' },
  'keys.others': { es: 'Las demás', en: 'The others' },
  'keys.letters': { es: 'Letras', en: 'Letters' },
  'keys.state': { es: 'Estado', en: 'State' },
  'keys.open': { es: 'Ver', en: 'See' },
  'keys.own': { es: 'suya', en: 'yours' },
  'keys.propose': { es: 'Proponer una llave', en: 'Propose a key' },
  'keys.propose-what': {
    es: 'Pegue la solicitud que le envió la persona. Revise antes con ella que la pidió.',
    en: 'Paste the request that the person sent you. First make sure with them that they made it.',
  },
  'keys.proposal': { es: 'Solicitud', en: 'Request' },
  'keys.proposal-wrong': {
    es: 'Esto no es una solicitud completa. Cópiela de nuevo, de la primera a la última letra.',
    en: 'This is not a whole request. Copy it again, from the first letter to the last.',
  },
  'keys.proposal-look': { es: 'Revisar', en: 'Look at it' },
  'keys.check-title': { es: '¿Propone esta llave?', en: 'Do you propose this key?' },
  'keys.propose-send': { es: 'Proponer', en: 'Propose' },
  'keys.proposed': {
    es: 'Propuesta. Todavía no sirve: otra persona enlace debe confirmarla en 7 días a lo más.',
    en: 'Proposed. It is of no use yet: another liaison must confirm it, within 7 days.',
  },
  'keys.confirm-title': { es: 'Confirmar una llave', en: 'Confirm a key' },
  'keys.confirm-what': {
    es: 'Llame a la persona, o véala, y pídale que le lea las 16 letras de su pantalla. Escriba lo que oye. No las copie de un mensaje.',
    en: 'Call the person, or see them, and have them read you the 16 letters on their screen. Write what you hear. Do not copy them from a message.',
  },
  'keys.heard': { es: 'Las 16 letras que oye', en: 'The 16 letters that you hear' },
  'keys.heard-wrong': {
    es: 'No son las letras de esta llave. No la confirme: otra persona pudo haber cambiado la solicitud.',
    en: 'These are not the letters of this key. Do not confirm it: somebody else may have changed the request.',
  },
  'keys.confirm': { es: 'Confirmar la llave', en: 'Confirm the key' },
  'keys.confirmed': {
    es: 'Confirmada. La persona ya puede entrar.',
    en: 'Confirmed. The person can enter now.',
  },
  'keys.confirm-own': {
    es: 'Usted la propuso. La debe confirmar otra persona enlace.',
    en: 'You proposed it. Another liaison must confirm it.',
  },
  'keys.revoke': { es: 'Revocar esta llave', en: 'Revoke this key' },
  'keys.revoke-what': {
    es: 'Deja de servir desde su próximo uso. No se puede deshacer.',
    en: 'It stops working from its next use on. This cannot be undone.',
  },
  'keys.revoke-why': { es: '¿Por qué?', en: 'Why?' },
  'keys.revoke-why-missing': { es: 'Elija por qué la revoca', en: 'Choose why you revoke it' },
  'keys.revoked': { es: 'Revocada.', en: 'Revoked.' },
  'keys.since': { es: 'Desde qué día', en: 'From which day' },
  'keys.since-hint': {
    es: 'Déjelo en blanco si es desde ahora. Con un día pasado, lo que firmó desde entonces queda en duda; con uno futuro, sirve hasta la víspera.',
    en: 'Leave it blank for from now on. With a past day, what it signed since then is in doubt; with a future one, it works until the eve.',
  },
  'keys.since-wrong': { es: 'Escriba un día, o nada', en: 'Write a day, or nothing' },
  'keys.ended': { es: 'Revocada desde', en: 'Revoked from' },
  'keys.ended-why': { es: 'Por qué', en: 'Why' },
  'keys.doubt': { es: 'En duda desde', en: 'In doubt since' },
  'keys.days-left': { es: 'quedan {days} días', en: '{days} days left' },
  'keys.expired': { es: 'venció', en: 'expired' },
  'keys.soon': {
    es: 'Llaves que vencen en 30 días o menos: {letters}. Pida a sus titulares que soliciten otra.',
    en: 'Keys that expire within 30 days: {letters}. Ask their owners to request another.',
  },
  'keys.gone': {
    es: 'Su institución no tiene esa llave.',
    en: 'Your institution has no such key.',
  },
} as const
