// The console's sentences that every page has, and those of entering, in Guatemalan Spanish and in English.

export const consoleTexts = {
  'app.name': { es: 'Referencias', en: 'Referrals' },
  'app.skip': { es: 'Ir al contenido', en: 'Skip to the content' },
  'app.loading': { es: 'Cargando…', en: 'Loading…' },
  'app.doing': { es: 'Un momento…', en: 'One moment…' },
  'app.slow': {
    es: 'La conexión está lenta. Seguimos esperando la respuesta.',
    en: 'The connection is slow. We are still waiting for the answer.',
  },
  'app.offline': {
    es: 'Sin conexión. No sabemos si su última acción se completó. No la repita: al volver la conexión se enviará una sola vez y verá el resultado.',
    en: 'No connection. We do not know whether your last action was completed. Do not repeat it: once the connection is back it will be sent once, and you will see the result.',
  },
  'app.waits': {
    es: 'El intercambio no responde. No sabemos si su última acción se completó. No la repita: cuando responda se enviará una sola vez y verá el resultado.',
    en: 'The hub is not answering. We do not know whether your last action was completed. Do not repeat it: once the hub answers it will be sent once, and you will see the result.',
  },
  'app.no-line': {
    es: 'Sin conexión. Lo que ve puede no ser lo último.',
    en: 'No connection. What you see may not be the latest.',
  },
  'app.unreachable': {
    es: 'No hubo respuesta. Revise su conexión e intente de nuevo.',
    en: 'No answer came. Check your connection and try again.',
  },
  'app.no-hub': {
    es: 'El intercambio no responde en este momento. Espere un minuto e intente de nuevo.',
    en: 'The hub is not answering at the moment. Wait a minute and try again.',
  },
  'app.not-hub': {
    es: 'Respondió algo que está delante del intercambio, no el intercambio. Intente de nuevo; si sigue, avise a su enlace institucional.',
    en: 'Something before the hub answered, not the hub. Try again; if it goes on, tell your liaison.',
  },
  'app.clock': {
    es: 'El reloj de este equipo está equivocado por {minutes} minutos. Corríjalo: sin la hora correcta no se aceptará lo que haga.',
    en: 'The clock of this computer is wrong by {minutes} minutes. Set it right: without the right time nothing you do will be accepted.',
  },
  'app.problem': { es: 'No se pudo', en: 'That did not work' },
  'app.request-id': { es: 'Número de la petición: {id}', en: 'Request number: {id}' },
  'app.retry': { es: 'Intentar de nuevo', en: 'Try again' },
  'app.not-found': { es: 'Esa página no existe', en: 'That page does not exist' },
  'app.not-found-what': {
    es: 'Revise la dirección. Si llegó por un enlace de esta consola, avise a quienes operan el intercambio.',
    en: 'Check the address. If a link of this console led here, tell the hub’s operators.',
  },
  'app.to-home': { es: 'Volver al inicio', en: 'Back to the home page' },
  'app.not-arrived': { es: 'La página no llegó', en: 'The page did not arrive' },
  'app.home': { es: 'Inicio', en: 'Home' },
  'keys.nav': { es: 'Llaves', en: 'Keys' },
  'export.title': { es: 'Exportar', en: 'Export' },
  'folder.title': { es: 'Comprobar', en: 'Check' },
  'month.title': { es: 'El mes', en: 'The month' },
  'log.title': { es: 'Bitácora', en: 'Access log' },
  'deal.title': { es: 'Convenio', en: 'Agreement' },
  'reach.title': { es: 'Avance', en: 'Progress' },
  'lost.title': { es: 'Sin recoger', en: 'Not collected' },
  'inbox.title': { es: 'Bandeja', en: 'Inbox' },
  'refer.nav': { es: 'Nueva referencia', en: 'New referral' },
  'sent.nav': { es: 'Enviadas', en: 'Sent' },
  'app.back': { es: 'Volver', en: 'Back' },
  'app.error': { es: 'Error: ', en: 'Error: ' },
  'app.errors': { es: 'Hay algo que corregir', en: 'There is a problem' },
  'app.other-language': { es: 'English', en: 'Español' },
  'app.menu': { es: 'Menú', en: 'Menu' },
  'app.lock': { es: 'Cerrar con llave', en: 'Lock' },
  'app.trial': {
    es: 'Prueba en esta computadora: personas y datos inventados.',
    en: 'Trial on this computer: invented people and data.',
  },
  'app.trial-key': {
    es: 'Prueba en esta computadora: usted actúa como {name}, con una llave de prueba. Personas y datos inventados.',
    en: 'Trial on this computer: you act as {name}, with a trial key. Invented people and data.',
  },

  'locked.idle': {
    es: 'Su sesión se cerró por 15 minutos sin actividad. Los datos ya no están en pantalla. Lo que no envió no se guardó.',
    en: 'Your session was closed after 15 minutes without activity. The data are no longer on the screen. What you did not send was not kept.',
  },
  'locked.hours': {
    es: 'Su sesión se cerró después de 8 horas. Los datos ya no están en pantalla. Lo que no envió no se guardó.',
    en: 'Your session was closed after 8 hours. The data are no longer on the screen. What you did not send was not kept.',
  },
  'locked.asked': {
    es: 'Cerró con llave. Los datos ya no están en pantalla. Lo que no envió no se guardó.',
    en: 'You locked it. The data are no longer on the screen. What you did not send was not kept.',
  },
  'locked.elsewhere': {
    es: 'Se cerró con llave en otra pestaña. Los datos ya no están en pantalla. Lo que no envió no se guardó.',
    en: 'It was locked in another tab. The data are no longer on the screen. What you did not send was not kept.',
  },

  'enter.title': { es: 'Entrar', en: 'Enter' },
  'enter.none': {
    es: 'En este navegador no hay ninguna llave suya.',
    en: 'This browser has no key of yours.',
  },
  'enter.what': {
    es: 'Su llave es con lo que usted firma lo que hace. Se crea en su navegador y dos personas de su institución la aprueban.',
    en: 'Your key is what you sign with. It is made in your browser, and two people of your institution approve it.',
  },
  'enter.request': { es: 'Solicitar acceso', en: 'Request access' },
  'enter.request-another': {
    es: 'Soy otra persona: solicitar acceso',
    en: 'I am somebody else: request access',
  },
  'enter.which': { es: '¿Con qué llave entra?', en: 'Which key do you enter with?' },
  'enter.phrase': { es: 'Su frase de cinco palabras', en: 'Your phrase of five words' },
  'enter.phrase-hint': {
    es: 'En minúsculas o mayúsculas, con tildes o sin ellas.',
    en: 'In lower or upper case, with or without accents.',
  },
  'enter.show': { es: 'Mostrar la frase', en: 'Show the phrase' },
  'enter.button': { es: 'Entrar', en: 'Enter' },
  'enter.passkey': { es: 'Entrar con su clave de acceso', en: 'Enter with your passkey' },
  'enter.passkey-what': {
    es: 'Su equipo le pedirá su huella, su rostro o su PIN.',
    en: 'Your device will ask for your fingerprint, your face or your PIN.',
  },
  'enter.wait': { es: 'Abriendo su llave…', en: 'Opening your key…' },
  'enter.phrase-missing': {
    es: 'Escriba las cinco palabras de su frase',
    en: 'Write the five words of your phrase',
  },
  'enter.phrase-wrong': {
    es: 'La frase no abre esta llave. Revise las cinco palabras y su orden.',
    en: 'The phrase does not open this key. Check the five words and their order.',
  },
  'enter.passkey-failed': {
    es: 'Su equipo no dio la clave de acceso. Intente de nuevo en el equipo donde la creó.',
    en: 'Your device did not give the passkey. Try again on the device where you made it.',
  },
  'enter.lost': { es: '¿Perdió su frase o su equipo?', en: 'Lost your phrase or your device?' },
  'enter.lost-what': {
    es: 'Nadie puede recuperar su llave. Avise a su enlace institucional: la revoca de inmediato y usted solicita una nueva. No se pierde nada de lo que hizo.',
    en: 'Nobody can recover your key. Tell your liaison: they revoke it at once, and you request a new one. Nothing you did is lost.',
  },
  'enter.trial': {
    es: 'Probar en esta computadora',
    en: 'Try it on this computer',
  },
  'enter.trial-what': {
    es: 'Llaves de prueba de personas inventadas. Solo existen en este intercambio de prueba.',
    en: 'Trial keys of invented people. They exist in this trial hub only.',
  },
  'enter.trial-as': { es: 'Entrar como {name}', en: 'Enter as {name}' },
  'enter.no-storage': {
    es: 'Este navegador no guarda nada (¿ventana privada?). Use una ventana normal para crear su llave.',
    en: 'This browser keeps nothing (a private window?). Use a normal window to make your key.',
  },

  'waiting.title': { es: 'Su llave espera aprobación', en: 'Your key waits for approval' },
  'waiting.what': {
    es: 'Todavía no se puede usar. Una persona enlace de su institución la propone y otra la confirma.',
    en: 'It cannot be used yet. One liaison of your institution proposes it and another confirms it.',
  },
  'waiting.check': { es: 'Revisar de nuevo', en: 'Check again' },
  'revoked.title': { es: 'Su llave fue revocada', en: 'Your key was revoked' },
  'revoked.what': {
    es: 'Ya no sirve. Bórrela de este navegador y solicite una nueva, o pregunte a su enlace institucional.',
    en: 'It is of no use any more. Delete it from this browser and request a new one, or ask your liaison.',
  },
} as const
