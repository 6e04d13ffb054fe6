// One entry in the console: what it says, its evidence, and the check of both on this computer.

export const consoleEntryTexts = {
  'entry.what': { es: 'Lo que dice', en: 'What it says' },
  'entry.request': { es: 'Solicitud firmada', en: 'Signed request' },
  'entry.id': { es: 'Identificador', en: 'Id' },
  'entry.utc': { es: 'Hora UTC', en: 'Time in UTC' },
  'entry.key-all': { es: 'Todo lo que hizo esta llave', en: 'All that this key did' },
  'entry.history': { es: 'Historia de la referencia', en: 'History of the referral' },
  'entry.consent': { es: 'El consentimiento', en: 'The consent' },
  'entry.evidence': { es: 'Evidencia', en: 'Evidence' },
  'entry.evidence-what': {
    es: 'Cada entrada lleva la firma de quien pidió algo, y una prueba de que está en la bitácora tal como se anotó. «Comprobar» revisa la prueba. El detalle es para quien quiera revisar también la firma, con otro programa.',
    en: 'Each entry has the signature of whoever asked for something, and a proof that it is in the log as it was recorded. “Check” looks at the proof. The details are for whoever wants to look at the signature too, with another program.',
  },
  'entry.why': { es: 'Por qué', en: 'Why' },
  'entry.details': { es: 'Detalle técnico', en: 'Technical details' },
  'entry.signature': { es: 'Firma de quien la pidió', en: 'Signature of whoever asked' },
  'entry.unsigned': {
    es: 'Nadie la firmó: la hizo el propio intercambio.',
    en: 'Nobody signed it: the hub did it itself.',
  },
  'entry.proof': { es: 'Prueba y constancia firmada', en: 'Proof and signed checkpoint' },
  'entry.leaf': {
    es: 'La entrada, tal como se firmó (base64)',
    en: 'The entry as it was signed (base64)',
  },
  'check.button': { es: 'Comprobar', en: 'Check' },
  'check.title': { es: 'Comprobar esta entrada', en: 'Check this entry' },
  'check.holds': {
    es: 'Comprobado. La entrada n.º {index} está en la bitácora firmada y no ha sido alterada. Se comprobó en su equipo, con la llave que este navegador conoce desde el {since}.',
    en: 'Checked. Entry no. {index} is in the signed log and has not been altered. It was checked on your computer, with the key that this browser has known since {since}.',
  },
  'check.fails': {
    es: 'No se pudo comprobar. Lo que recibió no coincide con la bitácora firmada. No lo use como prueba. Guarde esta página y avise hoy mismo a su enlace institucional.',
    en: 'It could not be checked. What you received does not match the signed log. Do not use it as evidence. Keep this page and tell your liaison today.',
  },
  'check.why': { es: 'Qué no coincide: {why} ({code})', en: 'What does not match: {why} ({code})' },
  'check.outside': {
    es: 'Comprobarla sin confiar en esta página',
    en: 'Check it without trusting this page',
  },
  'check.unpinned': {
    es: 'Este navegador no pudo guardar la llave: la próxima vez la tomará de nuevo del intercambio.',
    en: 'This browser could not keep the key: next time it will take it from the hub again.',
  },
  'check.forget': { es: 'Olvidar la llave conocida', en: 'Forget the known key' },
  'check.forget-what': {
    es: 'En una prueba, un intercambio que empieza de nuevo tiene otra llave. En un intercambio de verdad, no la olvide nunca.',
    en: 'In a trial, a hub that begins anew has another key. Of a real hub, never forget it.',
  },
  'check.command': {
    es: 'Guarde la hoja y ejecute esto en su equipo, o pídaselo a quien lo atiende:',
    en: 'Save the sheet and run this on your computer, or ask whoever looks after it to:',
  },
  'check.copy': { es: 'Copiar', en: 'Copy' },
  'check.copied': { es: 'Copiado.', en: 'Copied.' },
  'check.key': { es: 'Llave de la bitácora', en: 'Key of the log' },
  'sheet.save': { es: 'Guardar la hoja', en: 'Save the sheet' },
  'sheet.print': { es: 'Imprimir el comprobante', en: 'Print the sheet' },
  'sheet.no-names': {
    es: 'La bitácora no guarda nombres de personas: dice qué referencia, quién, cuándo y con qué resultado. A qué persona corresponde la referencia lo sabe la institución que la envió.',
    en: 'The log holds no names of persons: it tells which referral, who, when and with what outcome. Whom the referral is about is known to the institution that sent it.',
  },
} as const
