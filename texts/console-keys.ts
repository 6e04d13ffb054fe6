// The console's sentences about keys: requesting access, comparing letters, proposing, confirming and revoking.

export const consoleKeyTexts = {
  'request.title': { es: 'Solicitar acceso', en: 'Request access' },
  'request.what': {
    es: 'Su navegador crea una llave que solo usted puede usar. Nadie más la ve, tampoco el intercambio.',
    en: 'Your browser makes a key that only you can use. Nobody else sees it, nor does the hub.',
  },
  'request.institution': { es: 'Siglas de su institución', en: 'Initials of your institution' },
  'request.institution-hint': { es: 'Por ejemplo, ALA o IGM.', en: 'For example, ALA or IGM.' },
  'request.institution-wrong': {
    es: 'Escriba las siglas de su institución: de 2 a 8 letras, sin espacios',
    en: 'Write the initials of your institution: 2 to 8 letters, no blanks',
  },
  'request.role': { es: '¿Qué hace usted?', en: 'What do you do?' },
  'request.role-missing': { es: 'Elija qué hace usted', en: 'Choose what you do' },
  'request.role-referrer': { es: 'Refiero personas', en: 'I refer people' },
  'request.role-recipient': {
    es: 'Recibo y atiendo referencias',
    en: 'I receive and attend referrals',
  },
  'request.role-compliance-officer': {
    es: 'Reviso quién vio los datos (oficial de cumplimiento)',
    en: 'I check who saw the data (compliance officer)',
  },
  'request.role-liaison': {
    es: 'Apruebo llaves y acompaño el convenio (enlace institucional)',
    en: 'I approve keys and accompany the agreement (liaison)',
  },
  'request.role-signatory': {
    es: 'Firmo por mi institución en el convenio',
    en: 'I sign for my institution in the agreement',
  },
  'request.post': {
    es: 'Puesto (si su institución lo usa)',
    en: 'Post (if your institution uses them)',
  },
  'request.post-hint': {
    es: 'Sin nombres de personas. Por ejemplo, ALA-ACOG-01.',
    en: 'No names of people. For example, ALA-ACOG-01.',
  },
  'request.post-wrong': {
    es: 'Un puesto tiene de 3 a 24 letras mayúsculas, cifras y guiones',
    en: 'A post has 3 to 24 capital letters, digits and hyphens',
  },
  'request.how': {
    es: '¿Cómo quiere proteger su llave?',
    en: 'How do you want to protect your key?',
  },
  'request.how-passkey': {
    es: 'Con la clave de acceso de este equipo',
    en: 'With a passkey of this device',
  },
  'request.how-passkey-hint': {
    es: 'Huella, rostro o PIN. Recomendado.',
    en: 'Fingerprint, face or PIN. Recommended.',
  },
  'request.how-phrase': {
    es: 'Con una frase de cinco palabras',
    en: 'With a phrase of five words',
  },
  'request.how-phrase-hint': {
    es: 'Se la damos nosotros. Guárdela fuera de este equipo.',
    en: 'We give it to you. Keep it away from this device.',
  },
  'request.passkey-none': {
    es: 'Este equipo no puede proteger la llave con una clave de acceso. Use la frase.',
    en: 'This device cannot protect the key with a passkey. Use the phrase.',
  },
  'request.make': { es: 'Crear mi llave', en: 'Make my key' },
  'request.making': { es: 'Creando su llave…', en: 'Making your key…' },

  'phrase.title': { es: 'Su frase', en: 'Your phrase' },
  'phrase.what': {
    es: 'Escríbala en papel y guárdela lejos de este equipo. No se vuelve a mostrar. Si la pierde, nadie puede recuperarla: se solicita otra llave.',
    en: 'Write it down on paper and keep it away from this device. It is not shown again. If you lose it nobody can recover it: you request another key.',
  },
  'phrase.again': { es: 'Escriba aquí las cinco palabras', en: 'Write the five words here' },
  'phrase.again-wrong': {
    es: 'No son las cinco palabras. Compárelas con su papel.',
    en: 'These are not the five words. Compare them with your paper.',
  },
  'phrase.done': { es: 'Ya la guardé', en: 'I have kept it' },

  'own.title': { es: 'Mi llave', en: 'My key' },
  'own.letters': { es: 'Letras de su llave', en: 'Letters of your key' },
  'own.letters-what': {
    es: 'Léaselas a quien la confirma, en persona o por teléfono. No las envíe por escrito.',
    en: 'Read them to whoever confirms it, in person or by telephone. Do not send them in writing.',
  },
  'own.proposal': { es: 'Su solicitud', en: 'Your request' },
  'own.proposal-what': {
    es: 'Envíesela hoy a una persona enlace de su institución, por ejemplo por correo. No contiene nada secreto. Vale un día.',
    en: 'Send it today to a liaison of your institution, by e-mail for example. Nothing in it is secret. It is good for one day.',
  },
  'own.copy': { es: 'Copiar la solicitud', en: 'Copy the request' },
  'own.copied': { es: 'Copiada.', en: 'Copied.' },
  'own.not-copied': {
    es: 'Este navegador no dejó copiar. Seleccione el texto y cópielo usted.',
    en: 'This browser did not let us copy. Select the text and copy it yourself.',
  },
  'own.steps': { es: 'Qué sigue', en: 'What comes next' },
  'own.step-1': {
    es: 'Envíe la solicitud a una persona enlace. Ella la propone.',
    en: 'Send the request to a liaison. They propose it.',
  },
  'own.step-2': {
    es: 'Otra persona enlace le pide las 16 letras y la confirma.',
    en: 'Another liaison asks you for the 16 letters and confirms it.',
  },
  'own.step-3': { es: 'Entre aquí de nuevo.', en: 'Enter here again.' },
  'own.forget': { es: 'Borrar mi llave', en: 'Delete my key' },
  'own.forget-what': {
    es: 'La borra de este navegador. No se puede deshacer: para volver a entrar tendrá que solicitar otra. Si alguien más pudo usarla, pida además que la revoquen.',
    en: 'Deletes it from this browser. This cannot be undone: to enter again you will have to request another. If somebody else may have used it, also ask for it to be revoked.',
  },
  'own.forget-sure': {
    es: 'Sí, borrar mi llave de este navegador',
    en: 'Yes, delete my key from this browser',
  },
  'own.forgotten': {
    es: 'Su llave ya no está en este navegador.',
    en: 'Your key is no longer in this browser.',
  },
  'own.trial': {
    es: 'Esta es una llave de prueba: no está guardada en el navegador.',
    en: 'This is a trial key: it is not kept in the browser.',
  },

  'keys.roles': { es: 'Para qué', en: 'For' },
  'keys.post': { es: 'Puesto', en: 'Post' },
  'keys.until': { es: 'Vale hasta', en: 'Valid until' },
} as const
