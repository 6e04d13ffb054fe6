// The closed catalogue of everything the hub refuses with: code → HTTP status and title in both languages. The code is
// the stable contract (RFC 9457 `type` ends in it). A rule that refuses with a code not in here does not compile.

type Entry = { status: number; es: string; en: string }

export const problems = {
  // 400: the bytes are not a request
  'malformed-request': {
    status: 400,
    es: 'La solicitud no está bien formada',
    en: 'The request is not well formed',
  },
  'idempotency-key-missing': {
    status: 400,
    es: 'Falta el encabezado Idempotency-Key (16 a 64 caracteres de A-Z a-z 0-9 _ -)',
    en: 'The Idempotency-Key header (16 to 64 of A-Z a-z 0-9 _ -) is missing',
  },
  'idempotency-key-malformed': {
    status: 400,
    es: 'Idempotency-Key mal formado: 16 a 64 caracteres de A-Z a-z 0-9 _ -, sin comillas',
    en: 'The Idempotency-Key is malformed: 16 to 64 of A-Z a-z 0-9 _ -, without quotes',
  },
  // 401: who is asking is not proven
  'signature-missing': {
    status: 401,
    es: 'Falta la firma HTTP con etiqueta «hub»',
    en: 'The HTTP message signature labelled "hub" is missing',
  },
  'signature-invalid': {
    status: 401,
    es: 'La firma no corresponde a la solicitud',
    en: 'The signature does not match the request',
  },
  'signature-expired': {
    status: 401,
    es: 'La firma está fuera de su ventana de tiempo',
    en: 'The signature is outside its time window',
  },
  'signature-incomplete': {
    status: 401,
    es: 'La firma no cubre todo lo que debe cubrir',
    en: 'The signature does not cover all that it must',
  },
  'key-unknown': {
    status: 401,
    es: 'La llave no está registrada',
    en: 'The key is not registered',
  },
  'key-revoked': {
    status: 401,
    es: 'La llave está revocada o fuera de vigencia',
    en: 'The key is revoked or outside its validity',
  },
  'digest-mismatch': {
    status: 401,
    es: 'El contenido no corresponde a Content-Digest',
    en: 'The content does not match Content-Digest',
  },
  'nonce-reused': {
    status: 401,
    es: 'Esta firma ya se usó: firme de nuevo con otro nonce',
    en: 'This signature was used before: sign again with another nonce',
  },
  // 403, 404, 405
  forbidden: {
    status: 403,
    es: 'No tiene permiso para esto, o no existe',
    en: 'You may not do this, or it does not exist',
  },
  'not-yet-sequenced': {
    status: 404,
    es: 'La entrada aún no tiene lugar en la bitácora; intente de nuevo en un minuto',
    en: 'The entry has no place in the log yet; try again in a minute',
  },
  'method-not-allowed': {
    status: 405,
    es: 'Esta ruta no admite ese método; el encabezado Allow dice cuáles',
    en: 'This route does not take that method; the Allow header says which it does',
  },
  'not-found': { status: 404, es: 'No existe esta ruta', en: 'There is no such route' },
  // 409, 410, 412: the state of things says no
  'external-id-exists': {
    status: 409,
    es: 'Su número de expediente externo ya se usó en otra referencia',
    en: 'Your external id was used by another referral',
  },
  'duplicate-active-referral': {
    status: 409,
    es: 'La persona ya tiene una referencia abierta en este convenio',
    en: 'The person already has an open referral under this agreement',
  },
  'agreement-not-in-force': {
    status: 409,
    es: 'El convenio no está vigente',
    en: 'The agreement is not in force',
  },
  'transition-not-allowed': {
    status: 409,
    es: 'El estado actual no permite ese cambio',
    en: 'The current status does not allow that change',
  },
  'milestone-exists': {
    status: 409,
    es: 'Ese avance ya está registrado; si está mal, anúlelo primero',
    en: 'That milestone is recorded already; if it is wrong, void it first',
  },
  'milestone-voided': {
    status: 409,
    es: 'Ese avance ya está anulado',
    en: 'That milestone is voided already',
  },
  'milestones-full': {
    status: 409,
    es: 'La referencia ya tiene 500 avances y no caben más',
    en: 'The referral has 500 milestones already and takes no more',
  },
  'handover-exists': {
    status: 409,
    es: 'La referencia ya tiene una derivación abierta a esa institución',
    en: 'The referral has an open handover to that institution already',
  },
  'handovers-full': {
    status: 409,
    es: 'La referencia ya tiene 5 derivaciones y no caben más',
    en: 'The referral has 5 handovers already and takes no more',
  },
  'key-exists': {
    status: 409,
    es: 'La llave ya está en el directorio: proponga una nueva',
    en: 'The key is in the directory already: propose a new one',
  },
  'request-in-progress': {
    status: 409,
    es: 'La misma solicitud todavía se está procesando',
    en: 'The same request is still being processed',
  },
  'nothing-destroyed': {
    status: 409,
    es: 'Todavía no se ha destruido nada: no hay constancia que dar',
    en: 'Nothing has been destroyed yet: there is nothing to certify',
  },
  'checkpoint-older': {
    status: 409,
    es: 'Su institución ya cofirmó una constancia posterior de la bitácora',
    en: 'Your institution has cosigned a later checkpoint of the log',
  },
  'checkpoint-inconsistent': {
    status: 409,
    es: 'La constancia lleva la firma de la bitácora y no es de ella: guárdela, es prueba',
    en: 'The checkpoint has the log’s signature and is not of this log: keep it as evidence',
  },
  'content-shredded': {
    status: 410,
    es: 'El contenido fue destruido y nadie puede abrirlo',
    en: 'The content was destroyed and nobody can open it',
  },
  'version-mismatch': {
    status: 412,
    es: 'La referencia cambió desde que la leyó',
    en: 'The referral has changed since you read it',
  },
  // 413, 415
  'body-too-large': {
    status: 413,
    es: 'El contenido pasa de 256 KiB',
    en: 'The body is larger than 256 KiB',
  },
  'unsupported-media-type': {
    status: 415,
    es: 'El contenido debe ser application/json en UTF-8, sin Content-Encoding',
    en: 'The body must be application/json in UTF-8, without Content-Encoding',
  },
  // 422: understood, and refused
  'invalid-request': {
    status: 422,
    es: 'La solicitud tiene datos no válidos',
    en: 'The request has invalid data',
  },
  'idempotency-key-reused': {
    status: 422,
    es: 'Ese Idempotency-Key ya nombró otra solicitud: la misma es la que repite los mismos bytes',
    en: 'That Idempotency-Key named another request: the same request is the one with the same bytes',
  },
  'eligibility-population': {
    status: 422,
    es: 'El convenio atiende solo a personas extranjeras',
    en: 'The agreement serves foreign persons only',
  },
  'eligibility-status': {
    status: 422,
    es: 'La situación migratoria no está entre las que el convenio atiende',
    en: 'The migration status is not one that the agreement serves',
  },
  'interest-not-declared': {
    status: 422,
    es: 'La persona no ha declarado interés en la formación',
    en: 'The person has not declared interest in the training',
  },
  'consent-missing-purpose': {
    status: 422,
    es: 'El consentimiento no cubre la finalidad necesaria',
    en: 'The consent does not cover the purpose that is needed',
  },
  'consent-expired': {
    status: 422,
    es: 'El consentimiento ya venció',
    en: 'The consent has expired',
  },
  'consent-outlives-agreement': {
    status: 422,
    es: 'El consentimiento no puede durar más que el convenio y el plazo para terminar lo empezado',
    en: 'The consent cannot outlive the agreement and the time to finish open work',
  },
  'minor-needs-guardian-and-assent': {
    status: 422,
    es: 'Un NNA necesita el consentimiento de su representante y su propio asentimiento',
    en: 'A minor needs a guardian’s consent and their own assent',
  },
  'recipient-not-party': {
    status: 422,
    es: 'La institución receptora no es parte del convenio',
    en: 'The recipient is not a party to the agreement',
  },
  'reason-required': {
    status: 422,
    es: 'Este estado necesita un código de motivo',
    en: 'This status needs a reason code',
  },
  'proof-invalid': {
    status: 422,
    es: 'La prueba de posesión no es de esta llave para esta propuesta',
    en: 'The proof of possession is not by this key for this proposal',
  },
  'handle-unknown': {
    status: 422,
    es: 'Ese manejador no es de un mensaje entregado a su institución',
    en: 'That handle is not of a message delivered to your institution',
  },
  'checkpoint-not-ours': {
    status: 422,
    es: 'La constancia no es de esta bitácora o no lleva su firma',
    en: 'The checkpoint is not of this log or lacks its signature',
  },
  'cosignature-invalid': {
    status: 422,
    es: 'Falta la cofirma de la llave que firma la solicitud, o no vale',
    en: 'The cosignature of the key that signs the request is missing or does not hold',
  },
  'cosignature-time': {
    status: 422,
    es: 'La hora de la cofirma no es la actual, o es anterior a la última',
    en: 'The time of the cosignature is not now, or lies before the last one',
  },
  'cosigner-key-unsuitable': {
    status: 422,
    es: 'Solo las llaves Ed25519 pueden cofirmar constancias',
    en: 'Only Ed25519 keys can cosign checkpoints',
  },
  // 423: one action has shut it (clause 8)
  'agreement-frozen': {
    status: 423,
    es: 'El convenio está congelado por un aviso de incumplimiento: nada se envía ni se abre',
    en: 'The agreement is frozen by a notice of breach: nothing is referred and nothing is opened',
  },
  'precondition-required': {
    status: 428,
    es: 'Falta If-Match con la versión leída (ETag)',
    en: 'If-Match with the version you read (ETag) is missing',
  },
  'rate-limited': {
    status: 429,
    es: 'Demasiadas solicitudes con esta llave; espere lo que dice Retry-After',
    en: 'Too many requests with this key; wait as Retry-After says',
  },
  // 5xx: our fault; nothing was lost
  internal: { status: 500, es: 'Falla interna del intercambio', en: 'Internal fault of the hub' },
  'log-stale': {
    status: 503,
    es: 'La bitácora no puede firmarse ahora y sin ella nada se entrega; intente de nuevo',
    en: 'The access log cannot be signed now, and nothing leaves without it; try again',
  },
  unavailable: {
    status: 503,
    es: 'El intercambio no está disponible; intente de nuevo',
    en: 'The hub is not available; try again',
  },
} as const satisfies Record<string, Entry>

export type ProblemCode = keyof typeof problems
