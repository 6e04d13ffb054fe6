// The console's sentences of the first page after entering, in Guatemalan Spanish and in English.

export const consoleHomeTexts = {
  'home.title': { es: 'Inicio', en: 'Home' },
  'home.who': {
    es: 'Usted actúa por {institution} como {roles}.',
    en: 'You act for {institution} as {roles}.',
  },
  'home.post': { es: 'Puesto: {post}', en: 'Post: {post}' },
  'home.until': { es: 'Su llave vale hasta el {until}.', en: 'Your key is valid until {until}.' },
  'home.soon': {
    es: 'Su llave vence el {until}. Solicite una nueva antes.',
    en: 'Your key ends on {until}. Request a new one before.',
  },
  'home.nothing': {
    es: 'Para su rol todavía no hay páginas aquí. Pregunte a su enlace institucional.',
    en: 'There are no pages for your role here yet. Ask your liaison.',
  },
  'home.pages': { es: 'Sus páginas', en: 'Your pages' },
  'home.waits': { es: 'Lo que espera por usted', en: 'What waits for you' },
  'home.nothing-waits': { es: 'No hay nada pendiente.', en: 'Nothing is pending.' },
  'home.hub': { es: 'El intercambio', en: 'The hub' },
  'home.works': { es: 'El intercambio funciona.', en: 'The hub works.' },
  'home.ill': {
    es: 'El intercambio tiene una falla ahora. Lo que haga puede no completarse. Si sigue así en unos minutos, avise a quienes lo operan.',
    en: 'Something in the hub is failing now. What you do may not be completed. If it goes on for some minutes, tell its operators.',
  },
  'home.log': {
    es: 'Entradas en la bitácora firmada: {size}.',
    en: 'Entries in the signed log: {size}.',
  },
  'home.cosigned': {
    es: '{institution} cofirmó las primeras {size} el {at}.',
    en: '{institution} cosigned the first {size} on {at}.',
  },
  'home.not-cosigned': {
    es: 'Ninguna institución la ha cofirmado todavía.',
    en: 'No institution has cosigned it yet.',
  },
  'home.cosign-title': { es: 'Cómo se cofirma', en: 'How it is cosigned' },
  'home.cosign-how': {
    es: 'Cofirmar es dejar constancia de que su institución vio la bitácora hasta ahí: después nadie puede reescribirla sin que se note. No se hace en esta página, y la llave de este navegador no sirve para eso. Lo hace una persona enlace en su equipo, con una llave guardada en un archivo y esta línea, que antes comprueba que la bitácora sigue a la que ya se cofirmó:',
    en: 'To cosign is to put on record that your institution saw the log up to there: nobody can rewrite it afterwards unseen. It is not done on this page, and this browser’s key is of no use for it. A liaison does it on their computer, with a key kept in a file and this line, which first checks that the log continues the one cosigned before:',
  },
  'home.or-more': { es: '{count} o más', en: '{count} or more' },
  'home.among': { es: '{count} de las {of} revisadas', en: '{count} of the {of} looked at' },
  'home.to-answer': {
    es: 'Referencias que esperan respuesta de su institución: {count}',
    en: 'Referrals that wait for your institution’s answer: {count}',
  },
  'home.unanswered': {
    es: 'Referencias enviadas que nadie ha respondido: {count}',
    en: 'Referrals sent that nobody has answered: {count}',
  },
  'home.news': { es: 'Respuestas a lo que envió', en: 'Answers to what you sent' },
  'home.news-count': {
    es: 'Referencias con novedades en los últimos {days} días: {count}',
    en: 'Referrals with news in the last {days} days: {count}',
  },
  'home.no-news': {
    es: 'En los últimos {days} días no llegó ninguna novedad.',
    en: 'No news came in the last {days} days.',
  },
  'home.news-twice': {
    es: 'Una referencia con varias novedades está en cada línea que le toca: por eso la suma puede ser mayor.',
    en: 'A referral with several news stands in each line that fits it: the lines may sum to more.',
  },
  'news.accepted': { es: 'Aceptadas: {count}', en: 'Accepted: {count}' },
  'news.rejected': { es: 'No aceptadas: {count}', en: 'Not accepted: {count}' },
  'news.on-hold': { es: 'En espera: {count}', en: 'On hold: {count}' },
  'news.completed': { es: 'Concluidas: {count}', en: 'Completed: {count}' },
  'news.failed': { es: 'No logradas: {count}', en: 'Failed: {count}' },
  'news.cancelled': { es: 'Anuladas: {count}', en: 'Cancelled: {count}' },
  'news.milestone': { es: 'Con avances nuevos: {count}', en: 'With new progress: {count}' },
  'home.late-of': {
    es: '«Fuera de plazo» son parte de las de arriba, no se suman.',
    en: '“Overdue” are among those above, not to be added.',
  },
  'home.late': { es: 'Fuera de plazo: {count}', en: 'Overdue: {count}' },
  'home.lost-ours': {
    es: 'Referencias que su institución no ha recogido: {count}',
    en: 'Referrals that your institution has not collected: {count}',
  },
  'home.lost-theirs': {
    es: 'Referencias enviadas que nadie ha recogido: {count}',
    en: 'Referrals sent that nobody has collected: {count}',
  },
  'other.title': { es: 'Esta página es de otro rol', en: 'This page is another role’s' },
  'other.recipient': {
    es: 'Aquí quien recibe referencias ve las que llegaron a su institución, las abre y las responde.',
    en: 'Here whoever receives referrals sees those that came to their institution, opens and answers them.',
  },
  'other.referrer': {
    es: 'Aquí quien refiere envía referencias y ve qué se respondió.',
    en: 'Here whoever refers sends referrals and sees what was answered.',
  },
  'other.compliance-officer': {
    es: 'Aquí las personas oficiales de cumplimiento ven quién vio o cambió qué, cuándo y para qué, y lo comprueban.',
    en: 'Here compliance officers see who saw or changed what, when and for what, and check it.',
  },
  'other.liaison': {
    es: 'Aquí las personas enlace aprueban llaves y ven qué no se ha recogido.',
    en: 'Here liaisons approve keys and see what was not collected.',
  },
  'other.signatory': {
    es: 'Aquí quienes firman por su institución dan avisos del convenio.',
    en: 'Here those who sign for their institution give notices of the agreement.',
  },
  'other.who': {
    es: 'Es para: {roles}. Usted entró por {institution} como: {own}.',
    en: 'It is for: {roles}. You have entered for {institution} as: {own}.',
  },
  'other.what': {
    es: 'Si le corresponde ese trabajo, pida a su enlace institucional una llave con ese rol.',
    en: 'If that work is yours, ask your liaison for a key with that role.',
  },
  'home.deadline': { es: '{title}: {what}, {on}', en: '{title}: {what}, {on}' },
  'home.awaits': {
    es: 'El aviso {number} espera lo mismo de {institution}',
    en: 'Notice {number} waits for the same from {institution}',
  },
  'home.keys-wait': {
    es: 'Llaves que esperan confirmación: {count}',
    en: 'Keys that wait to be confirmed: {count}',
  },
  'home.keys-end': {
    es: 'Llaves que vencen en 30 días o menos: {count}',
    en: 'Keys that expire within 30 days: {count}',
  },
} as const
