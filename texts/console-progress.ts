// The console's sentences about an agreement's progress, answer times, and what was not collected.

export const consoleProgressTexts = {
  'reach.views': { es: 'Partes del avance', en: 'Parts of the progress' },
  'reach.persons': { es: 'Personas', en: 'Persons' },
  'reach.answers': { es: 'Respuestas', en: 'Answers' },
  'reach.chart': {
    es: 'Personas hacia la meta de {target}: {figures}',
    en: 'Persons toward the target of {target}: {figures}',
  },
  'reach.target-line': { es: 'meta {target}', en: 'target {target}' },
  'reach.as-of': { es: '{agreement}, al {at}', en: '{agreement}, as of {at}' },
  'reach.caption': { es: 'Personas por etapa', en: 'Persons by stage' },
  'reach.quarter': { es: 'Trimestre en que se refirió', en: 'Quarter of the referral' },
  'reach.all': { es: 'Todos', en: 'All' },
  'reach.show': { es: 'Mostrar', en: 'Show' },
  'reach.agreement': { es: 'Convenio', en: 'Agreement' },
  'reach.csv': { es: 'Descargar hoja de cálculo (CSV)', en: 'Download spreadsheet (CSV)' },
  'reach.steps': { es: 'Pasos registrados', en: 'Recorded steps' },
  'reach.step': { es: 'Paso', en: 'Step' },
  'reach.count': { es: 'Veces', en: 'Times' },

  'reach.steps-note': {
    es: 'Aquí se cuentan pasos, no personas: una persona puede tener el mismo paso varias veces, y por eso no coincide con la tabla de arriba.',
    en: 'These are steps, not persons: somebody may have the same step many times, so it does not match the table above.',
  },
  'answers.note': {
    es: 'Cada referencia cuenta por su primera decisión. «Sin respuesta a tiempo» son las que terminaron sin ninguna después de su plazo. Las que esperan dentro de su plazo, y las anuladas antes de que pasara, no están en ninguna línea: por eso las líneas no suman el total. «<5»: de una a cuatro, o no se dice.',
    en: 'Each referral counts by its first decision. “No answer in time” are those that ended without one after their time. Those that wait within their time, and those cancelled before it had passed, are in no line: that is why the lines do not sum to the total. “<5”: one to four, or not told.',
  },
  'answers.by-note': {
    es: '«No se dice»: son tan pocas que se sabría de quién se trata.',
    en: '“Not told”: they are so few that one would know whom it is about.',
  },
  'answers.referrals': { es: 'Referencias', en: 'Referrals' },
  'answers.open': { es: 'Sin cerrar', en: 'Not closed' },
  'answers.answered': { es: 'Respondidas', en: 'Answered' },
  'answers.accepted': { es: 'Aceptadas', en: 'Accepted' },
  'answers.rejected': { es: 'No aceptadas', en: 'Not accepted' },
  'answers.silent': { es: 'Sin respuesta a tiempo', en: 'No answer in time' },
  'answers.overdue': { es: 'Esperan fuera de plazo', en: 'Waiting past their time' },
  'answers.median': { es: 'La mitad se respondió en', en: 'Half were answered within' },
  'answers.p90': { es: 'Nueve de diez se respondieron en', en: 'Nine of ten were answered within' },
  'answers.few': {
    es: 'todavía no se dice: hay menos de cinco respuestas',
    en: 'not told yet: there are fewer than five answers',
  },
  'answers.by': { es: 'Por institución y prioridad', en: 'By institution and priority' },
  'answers.by-none': {
    es: 'Todavía no hay números que se puedan decir por institución y prioridad.',
    en: 'There are no numbers yet that can be told by institution and priority.',
  },
  'answers.recipient': { es: 'Responde', en: 'Answers' },
  'answers.priority': { es: 'Prioridad', en: 'Priority' },
  'answers.not-told': { es: 'no se dice', en: 'not told' },

  'lost.what': {
    es: 'Referencias que nadie ha recogido a tiempo, o que se entregaron cinco veces sin acuse.',
    en: 'Referrals that nobody collected in time, or that were delivered five times and not acknowledged.',
  },
  'lost.received': { es: 'Enviadas a su institución', en: 'Sent to your institution' },
  'lost.sent': { es: 'Enviadas por su institución', en: 'Sent by your institution' },
  'lost.none': { es: 'Ninguna.', en: 'None.' },
  'lost.ours': {
    es: 'Pida a quien las recibe en su institución que las recoja. Si ya no aparecen en su bandeja, vuelva a enviarlas abajo.',
    en: 'Ask who receives them in your institution to collect them. If they no longer appear in the inbox, have them sent again below.',
  },
  'lost.theirs': {
    es: 'Solo la otra institución puede recogerlas. Llame a su enlace.',
    en: 'Only the other institution can collect them. Call their liaison.',
  },
  'lost.folio': { es: 'Folio', en: 'Folio' },
  'lost.priority': { es: 'Prioridad', en: 'Priority' },
  'lost.other': { es: 'Institución', en: 'Institution' },
  'lost.submitted': { es: 'Enviada', en: 'Sent' },
  'lost.more': {
    es: 'Hay más referencias sin responder de las que caben aquí. Se revisaron {count}.',
    en: 'There are more unanswered referrals than fit here. {count} were looked at.',
  },
  'lost.again': { es: 'Volver a enviar a nuestra bandeja', en: 'Send again to our inbox' },
  'lost.again-what': {
    es: 'Lo que la cola de su institución perdió o apartó se le envía de nuevo, en orden. Nada se abre y nada se duplica.',
    en: 'What your institution’s queue lost or set aside is sent to it again, in order. Nothing is opened and nothing is doubled.',
  },
  'lost.sure': { es: 'Sí, volver a enviar', en: 'Yes, send again' },
  'lost.back': { es: 'No enviar nada', en: 'Send nothing' },
  'lost.done': { es: 'Enviados de nuevo: {count}.', en: 'Sent again: {count}.' },
} as const
