// The names of countries and languages, as the reader's own browser or Node has them (Unicode CLDR, by Intl).
import type { Language } from './language.ts'

/** ISO 3166-1: alpha-3, which travels, and alpha-2, which Intl knows. */
const codes =
  'ABWAW AFGAF AGOAO AIAAI ALAAX ALBAL ANDAD AREAE ARGAR ARMAM ASMAS ATAAQ ATFTF ATGAG AUSAU AUTAT AZEAZ BDIBI BELBE BENBJ BESBQ BFABF BGDBD BGRBG BHRBH BHSBS BIHBA BLMBL BLRBY BLZBZ BMUBM BOLBO BRABR BRBBB BRNBN BTNBT BVTBV BWABW CAFCF CANCA CCKCC CHECH CHLCL CHNCN CIVCI CMRCM CODCD COGCG COKCK COLCO COMKM CPVCV CRICR CUBCU CUWCW CXRCX CYMKY CYPCY CZECZ DEUDE DJIDJ DMADM DNKDK DOMDO DZADZ ECUEC EGYEG ERIER ESHEH ESPES ESTEE ETHET FINFI FJIFJ FLKFK FRAFR FROFO FSMFM GABGA GBRGB GEOGE GGYGG GHAGH GIBGI GINGN GLPGP GMBGM GNBGW GNQGQ GRCGR GRDGD GRLGL GTMGT GUFGF GUMGU GUYGY HKGHK HMDHM HNDHN HRVHR HTIHT HUNHU IDNID IMNIM INDIN IOTIO IRLIE IRNIR IRQIQ ISLIS ISRIL ITAIT JAMJM JEYJE JORJO JPNJP KAZKZ KENKE KGZKG KHMKH KIRKI KNAKN KORKR KWTKW LAOLA LBNLB LBRLR LBYLY LCALC LIELI LKALK LSOLS LTULT LUXLU LVALV MACMO MAFMF MARMA MCOMC MDAMD MDGMG MDVMV MEXMX MHLMH MKDMK MLIML MLTMT MMRMM MNEME MNGMN MNPMP MOZMZ MRTMR MSRMS MTQMQ MUSMU MWIMW MYSMY MYTYT NAMNA NCLNC NERNE NFKNF NGANG NICNI NIUNU NLDNL NORNO NPLNP NRUNR NZLNZ OMNOM PAKPK PANPA PCNPN PERPE PHLPH PLWPW PNGPG POLPL PRIPR PRKKP PRTPT PRYPY PSEPS PYFPF QATQA REURE ROURO RUSRU RWARW SAUSA SDNSD SENSN SGPSG SGSGS SHNSH SJMSJ SLBSB SLESL SLVSV SMRSM SOMSO SPMPM SRBRS SSDSS STPST SURSR SVKSK SVNSI SWESE SWZSZ SXMSX SYCSC SYRSY TCATC TCDTD TGOTG THATH TJKTJ TKLTK TKMTM TLSTL TONTO TTOTT TUNTN TURTR TUVTV TWNTW TZATZ UGAUG UKRUA UMIUM URYUY USAUS UZBUZ VATVA VCTVC VENVE VGBVG VIRVI VNMVN VUTVU WLFWF WSMWS YEMYE ZAFZA ZMBZM ZWEZW'

const alpha2 = new Map(codes.split(' ').map(pair => [pair.slice(0, 3), pair.slice(3)]))

/** ICAO Doc 9303, part 3, section 5. */
const withoutNationality: Partial<Record<string, Record<Language, string>>> = {
  XXA: { es: 'persona apátrida', en: 'stateless person' },
  XXB: { es: 'persona refugiada (Convención de 1951)', en: 'refugee (1951 Convention)' },
  XXC: { es: 'persona refugiada (otra)', en: 'refugee (other)' },
  XXX: { es: 'nacionalidad sin especificar', en: 'unspecified nationality' },
}

/** Every code of a nationality. */
export const countryCodes: readonly string[] = [
  ...alpha2.keys(),
  ...Object.keys(withoutNationality),
]

/** Languages of Guatemala and its neighbours that CLDR has no names of. */
const ownNames: Partial<Record<string, Record<Language, string>>> = {
  cab: { es: 'garífuna', en: 'Garifuna' },
  cak: { es: 'kaqchikel', en: 'Kaqchikel' },
  ff: { es: 'fula', en: 'Fulah' },
  ht: { es: 'criollo haitiano', en: 'Haitian Creole' },
  ixl: { es: 'ixil', en: 'Ixil' },
  jac: { es: 'popti’', en: 'Popti’' },
  kek: { es: 'q’eqchi’', en: 'Q’eqchi’' },
  mam: { es: 'mam', en: 'Mam' },
  miq: { es: 'misquito', en: 'Miskito' },
  mop: { es: 'mopán', en: 'Mopan' },
  poc: { es: 'poqomam', en: 'Poqomam' },
  poh: { es: 'poqomchi’', en: 'Poqomchi’' },
  quc: { es: 'k’iche’', en: 'K’iche’' },
  quv: { es: 'sakapulteko', en: 'Sakapultek' },
  ttc: { es: 'tektiteko', en: 'Tektitek' },
  tzh: { es: 'tseltal', en: 'Tseltal' },
  tzj: { es: 'tz’utujil', en: 'Tz’utujil' },
  tzo: { es: 'tsotsil', en: 'Tsotsil' },
  usp: { es: 'uspanteko', en: 'Uspantek' },
  yua: { es: 'maya yucateco', en: 'Yucatec Maya' },
}

const locale = { es: 'es-GT', en: 'en-GB' }

/** `Honduras` for `HND`; a code that is none, as it is. */
export const countryName = (code: string, language: Language): string => {
  const region = alpha2.get(code)
  return region === undefined
    ? (withoutNationality[code]?.[language] ?? code)
    : (new Intl.DisplayNames(locale[language], { type: 'region' }).of(region) ?? code)
}

/** `criollo haitiano` for `ht`; a tag that is none, as it is. */
export const languageName = (tag: string, language: Language): string => {
  const own = ownNames[tag]
  if (own) return own[language]
  try {
    return new Intl.DisplayNames(locale[language], { type: 'language' }).of(tag) ?? tag
  } catch {
    return tag
  }
}
