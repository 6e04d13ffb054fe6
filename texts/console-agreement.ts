// The console's sentences about an agreement: its deadlines, notices and versions, and giving notice.

export const consoleAgreementTexts = {
  'deal.none': {
    es: 'Su institución no es parte de ningún convenio en este intercambio.',
    en: 'Your institution is party to no agreement at this hub.',
  },
  'deal.which': { es: 'Convenios de su institución', en: 'Agreements of your institution' },
  'deal.state': { es: 'Estado', en: 'State' },
  'deal.parties': { es: 'Partes', en: 'Parties' },
  'deal.from': { es: 'Vigente desde', en: 'In force from' },
  'deal.until': { es: 'Vigente hasta', en: 'In force until' },
  'deal.target': { es: 'Meta', en: 'Target' },
  'deal.target-persons': { es: '{count} personas', en: '{count} persons' },
  'deal.onward': { es: 'Se puede derivar a', en: 'Persons may be handed over to' },
  'deal.regular': {
    es: 'Personas con estatus regular',
    en: 'Persons with regular status',
  },
  'deal.yes': { es: 'sí', en: 'yes' },
  'deal.no': { es: 'no', en: 'no' },
  'deal.id': { es: 'Número', en: 'Number' },
  'deal.version-n': { es: 'Versión {version}', en: 'Version {version}' },

  'deal.deadlines': { es: 'Plazos', en: 'Deadlines' },
  'deal.deadline': { es: 'Plazo', en: 'Deadline' },
  'deal.date': { es: 'Fecha', en: 'Date' },
  'deal.left': { es: 'Faltan', en: 'Left' },
  'deal.days-left': { es: '{days} días hábiles', en: '{days} business days' },
  'deal.days-past': { es: 'ya venció', en: 'over' },
  'deal.days-unknown': {
    es: 'el calendario no llega a ese día',
    en: 'the calendar does not reach that day',
  },
  'deal.conciliation': {
    es: 'conciliación, si se pide hoy (cláusula 10)',
    en: 'conciliation, if asked for today (clause 10)',
  },
  'deal.calendar': {
    es: 'Días hábiles de Guatemala. Calendario {id}, versión {version}.',
    en: 'Business days of Guatemala. Calendar {id}, version {version}.',
  },

  'deal.notices': { es: 'Avisos', en: 'Notices' },
  'deal.no-notices': { es: 'No se ha dado ningún aviso.', en: 'No notice has been given.' },
  'deal.notice': { es: 'Aviso', en: 'Notice' },
  'deal.says': { es: 'Dice', en: 'Says' },
  'deal.by': { es: 'De', en: 'By' },
  'deal.at': { es: 'Dado', en: 'Given' },
  'deal.effective': { es: 'surtió efecto el {at}', en: 'took effect on {at}' },
  'deal.awaits': {
    es: 'El aviso {number} espera lo mismo de: {from}.',
    en: 'Notice {number} awaits the same of: {from}.',
  },
  'deal.who': {
    es: 'Dar un aviso, o decir lo mismo que la otra parte, solo puede hacerlo quien firma por {institution}. Su llave no lo permite.',
    en: 'Only who signs for {institution} can give a notice, or say the same as the other party. Your key cannot.',
  },

  'deal.versions': { es: 'Versiones', en: 'Versions' },
  'deal.version': { es: 'Versión', en: 'Version' },
  'deal.since': { es: 'Desde', en: 'Since' },
  'deal.changed': { es: 'Qué cambió', en: 'What changed' },
  'deal.digest': { es: 'Huella', en: 'Digest' },
  'deal.first': { es: 'texto firmado', en: 'the text as signed' },

  'says.renewal': { es: 'renovar hasta el {until}', en: 'renew until {until}' },
  'says.rescission': {
    es: 'rescindir; la otra parte lo recibió el {day}',
    en: 'rescind; the other party received it on {day}',
  },
  'says.breach': {
    es: 'congelar el convenio por incumplimiento',
    en: 'freeze the agreement after a breach',
  },
  'says.lift': { es: 'levantar el congelamiento', en: 'lift the freeze' },
  'says.termination': { es: 'terminar por {cause}', en: 'terminate for {cause}' },
  'says.targetPersons': { es: 'meta: {value} personas', en: 'target: {value} persons' },
  'says.servesRegularStatus': {
    es: 'personas con estatus regular: {value}',
    en: 'persons with regular status: {value}',
  },
  'says.onwardRecipients': { es: 'se puede derivar a: {value}', en: 'handed over to: {value}' },
  'says.answerHours': { es: 'horas para responder: {value}', en: 'hours to answer: {value}' },
  'says.collectHours': { es: 'horas para recoger: {value}', en: 'hours to collect: {value}' },
  'says.retentionDays': {
    es: 'días que se conserva el contenido: {value}',
    en: 'days that content is kept: {value}',
  },
  'says.expireDays': {
    es: 'días sin respuesta hasta cancelar: {value}',
    en: 'days without an answer until it is cancelled: {value}',
  },
  'says.stallDays': {
    es: 'días sin avance hasta avisar: {value}',
    en: 'days without progress until both are told: {value}',
  },
  'says.completionDays': {
    es: 'días para terminar lo empezado: {value}',
    en: 'days to finish open work: {value}',
  },
  'says.evidenceDays': {
    es: 'días que se conserva la prueba: {value}',
    en: 'days that evidence is kept: {value}',
  },
  'says.referralsInNotice': {
    es: 'nuevas referencias durante la rescisión: {value}',
    en: 'new referrals during a rescission: {value}',
  },
  'says.document': { es: 'documento {digest}…', en: 'document {digest}…' },

  'give.title': { es: 'Dar un aviso', en: 'Give a notice' },
  'give.kind': { es: '¿Qué aviso quiere dar?', en: 'Which notice do you want to give?' },
  'give.kind-missing': { es: 'Elija el aviso', en: 'Choose the notice' },
  'give.until': { es: 'Último día de la vigencia', en: 'Last day in force' },
  'give.until-missing': {
    es: 'Escriba el último día de la vigencia',
    en: 'Write the last day in force',
  },
  'give.received': {
    es: '¿Qué día recibió el aviso la otra parte?',
    en: 'On which day did the other party receive it?',
  },
  'give.received-missing': {
    es: 'Escriba el día en que la otra parte lo recibió',
    en: 'Write the day on which the other party received it',
  },
  'give.amendment-what': {
    es: 'Escriba encima lo que cambia. Lo que deje como está no forma parte de la adenda.',
    en: 'Write over what changes. What you leave as it is, is no part of the addendum.',
  },
  'give.amendment-nothing': {
    es: 'Cambie al menos un término: todos están como ahora',
    en: 'Change at least one term: all are as they are now',
  },
  'give.now': { es: 'Ahora: {value}.', en: 'Now: {value}.' },
  'give.number': {
    es: 'escriba un número entero de {least} a {most}',
    en: 'write a whole number from {least} to {most}',
  },
  'give.yes': { es: 'Sí', en: 'Yes' },
  'give.no': { es: 'No', en: 'No' },
  'give.institutions': {
    es: 'escriba las siglas separadas por comas, cada una una vez',
    en: 'write the letters separated by commas, each once',
  },
  'give.institutions-hint': {
    es: 'Sus siglas, separadas por comas; nada, si a ninguna.',
    en: 'Their letters, separated by commas; nothing, if to none.',
  },
  'give.document': {
    es: 'Documento firmado de la adenda (opcional)',
    en: 'Signed document of the addendum (optional)',
  },
  'give.document-hint': {
    es: 'No sale de este equipo: solo se envía su huella, para que las dos partes firmen lo mismo.',
    en: 'It does not leave this computer: only its digest is sent, so that both parties sign the same.',
  },
  'give.document-kept': {
    es: 'Ya eligió uno (huella {digest}…). Elija otro para cambiarlo.',
    en: 'You chose one already (digest {digest}…). Choose another to change it.',
  },
  'give.cause': { es: 'Causa', en: 'Cause' },
  'give.cause-missing': { es: 'Elija la causa', en: 'Choose the cause' },
  'give.check': { es: 'Revisar', en: 'Check' },
  'give.check-title': {
    es: 'Revise antes de firmar',
    en: 'Check before you sign',
  },
  'give.agree-title': {
    es: 'Decir lo mismo que {number}',
    en: 'Say the same as {number}',
  },
  'give.effect': { es: 'Efecto', en: 'Effect' },
  'give.what': {
    es: 'Su llave firma este aviso en nombre de {institution}. No tiene vuelta atrás. Queda en la bitácora.',
    en: 'Your key signs this notice for {institution}. It cannot be taken back. It is kept in the log.',
  },
  'give.digest-what': {
    es: 'Esta huella la calculó su navegador. La otra parte firma la misma si dice lo mismo.',
    en: 'Your browser computed this digest. The other party signs the same if it says the same.',
  },
  'give.digest-same': {
    es: 'Su navegador comprobó que es la huella del aviso {number}.',
    en: 'Your browser checked that it is the digest of notice {number}.',
  },
  'give.digest-other': {
    es: 'No firme: la huella del aviso {number} no es la de lo que dice. Avise hoy mismo a quienes operan el intercambio.',
    en: 'Do not sign: the digest of notice {number} is not that of what it says. Tell the hub’s operators today.',
  },
  'give.back': { es: 'Volver a cambiarlo', en: 'Go back and change it' },
  'give.sign': { es: 'Firmar y dar el aviso', en: 'Sign and give the notice' },
  'give.done': {
    es: 'Aviso {number}: {state}.',
    en: 'Notice {number}: {state}.',
  },
  'give.not-awaited': {
    es: 'Ese aviso no espera nada de su institución.',
    en: 'That notice awaits nothing of your institution.',
  },
} as const
