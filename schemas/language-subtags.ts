// The subtags of the IANA registry of languages (RFC 5646 §3), as `language-subtag-registry` has them, without its
// ranges of private use. The package itself is eleven times as long: every function would carry and read it.
// test/schemas/languages.test.ts holds each list against it, and says what to write here after a new version.

/**
 * Languages: a bit for each possible one, base64. `place` of `es` is (5 · 27 + 19) · 27; of a byte the lowest bit is
 * first.
 */
export const languageBits = `
AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA
AAAAAAAAAAAAAAAAAAAAAAAAAAAAAPC/v9//+//b7f3f/vr3P3iuvl3Oof///w33O+D//zlBoVz2//5f////7/7/////v/8f
T/3//6+JV8Ge7///f//f9////v+/r9DHg+86/0hxAPK7/fNPcggCAADg/7r//v//9///t/////9f/+////t/////////n//+
/v//9/7/v///9//////v///z//v7/v/f+///3///f///n/////3f9+//f3///9/7/7/X///7/v//BwAAwP//+32//aVb/wD9
cwYfYkFIEgQAiggA6O6/vE9aoUTWm2QQ73edX1yp6nPAcfM3//3zdxdOGQQACL7/v////3/d+Bw//v4vEAgAtgAQAAgAwAEg
AACSIQAAAID93/fb298LAYAAssaMyN97IgAAAHy3eSspzx7v/9/7+ZNCEIMhgGgA8Mdnn6wzvdy2vw8AEAAAAAD4TvuKZFuA
Fus98v9//wAAAAQwWA0AAABLcRLNQgEAAAAAAgAAQEQkAQAAgwAAABACAAARAQAIwAIMAAAFAABREAAAgKpugUJWQ2Kqvvqv
ePMEAEAAQAAAAAAAEFzkROi+yhqCeRoBIACQIAAAAAIAAAACAoAAEAEAAAAAAK7/ag4AAQAAAAQAAAAAAIAAASIAAAAgAAAA
AMYgahEAAAAABCAITBEIACAEhAIAiBBjCAgAAAAAEJCB+gEQCAQAAACA78xOAAAEEAEAAAAAAAIAAAAAAAAAAAD8///f///9
eFAU+P/3ifeP8gEQIGKLTQuVbA74zv8eQI0EMsAh6PgklW2c+X//ben//38RIAAICJHA89X/oPCJEBAAwf/+f9foG+RvRhsA
AIDYyxNYQAgAAAAA+P9/vgEwCAQCAAAAhKDJEQAAAAAAAAQQAAIEuv6lDIAAAESSEGADAAP/v//LnqPg57fbAIAIAAAAwApq
bQmiEBAgiJL+3/+jIAFBARAAAAAAGAAATAAAAAAAABAgVADbORIJRBDgR4AHAQAAMEMBUSk8IggEAhEARAAUYgSEbHbXUDcd
ItIcaq3PYAAAKQAEAQAAAAqRZZLtrtOhR5f7ASAAIAAAQgAqAhAgACAACBCAEQICAADgr9/nIO60AADAgCAABEi3aAAAAAAS
RAAACCDgd1ZOIAAEEABtAQgAAjykGCNpgQBKAEYIABAEAIAABgA0AIAAAAAAADz2exUBBIAAAQAAAABABABAAAAAAAAAwP/r
8fz//+///3/9//v7///f////////8//+///t/v////7/////////////3///+5/79///v//////++////3/////3/+//////
////9/v///////3//w8AAID/v9e/+/sfL2YBlv8D8P//vwAQAA73fSgwl4P/z/eLSATG555H/v8r8f8//+U9Kt///y8CDBAA
AAKo6lPRd75bicMo2Pv/94AGCkRjcQEAAgBBIAAARAEQAAAA9m779fv/v/////3//u///2/////////////3//+/9/3///v/
///+3+v/f//////vv/7f9///7v///+//f////////+f7/3f7/f/7///f/////f//9/3/PwAAAP7/P////j///59+//3//93/
EhAk+P//v//6/f3//W9xz3P/9/+u+pvf/////3//3//ft+E0ygDxJfSuV1P//f/Durbe////AaEAcBUlnKy+Sfr//2ehwmIA
AAAoIBABQJcGA6EgEECAAQAAAAAAUcAKCAIAABiIAAGgESAZvv9slUGlwav2/UydewMJxAABVAgBAABgNZj/C8IxsdH3vYkY
ACAAAAAgAQAAAABQgAAIAAQAAAAA+N/9P/t8n/3/CqEgDAP736WLQABAUgvFkv/2+L/vPwAABByDe/Df/W+/f9/7/v8ff337
Ivo/EAEBhP/+73fnfzUwfC9/19sDAADAUJwQACAAAAFDGUgQAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA
AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA33vPV7lPtEoIBhSifyEAEAAAAAAAAADA+///BBgBAAIAAAEA
AEztOAQAAAARJBYAAgTADI4GgAIIMBiBBAAAAP73/38JVYh/2FIAAEEAAAAAAKIQINADBEIIItoXZwwAAIABXAJAAAACAAgF
AAEAAAAAwN/v//3//3++vZ/3/r/+//+bBAQRv/+9//3///3v/33xe/H//v/9u99///2//f/9v9/v59X/20C7T973/f////f7
/3+9+nr/BYUhzf//Y8VnhYc+43yhkgUAAIB/7/f7///ff3/3/v9++1//P4AwBf6P/5+39//9//0L2qfiHu+/3///8///9//+
//t/36/uf38C+Fv8/////+f/////9r/fv4w+7v7jb+d67rORq74L1AMEAAAAAGAEEJAgEQAAAERtQAAAgAAAAQCcBANIAAgA
AABIABAAwODGutz0QOUp3gJZtZICIAEAQAAIAAAAeP+vv8BCCkQCSgAARgKQCAAIAAAAAAAAAgAACABCAAAAAMTv20SAAAAA
AAAAAAAgA7YAAAAAAACgAAAAALKhsACAAAAB/xgCACTA/+f9ACgBCACgAAAAAAAAACAAiAEAKSAAAAIAAAwCAAAAEAAAAAAA
AAAAAAAAAAAAAAD8///f7OcbAgIAgGSAkeZ4LwABAGAoCCpBBBCw/9FLQAAAFhCkUt1ln+84ZnjVQ/WvzigEAAAAAADAcr/9
ggpsIFoBhEUc3QAAAGAASAgBAEAYiBEIAAAAAAAA8PX/l6954Vjj6aWAKiBKmB4IAADAWo4UOyB0MJBqEgEABPy//+8rnCL/
/v9bvvsYU70Q/v//FwCAgK2YLXzu3+R7/29L+hqACCNAl5MSBCgUMOCAEEBIAAAAAOD//3+bf4ABRBVAFgEBKlZ8AgAAgIBM
KyQgEDD893cAAAAI7tPIVJ5Evvsftc1WQaEexgzTAwgAAAATfURhwjdIACJQ/n63FwCAgCCULQRhQAQAQEJABAAAAADg//f/
KhCwkAgAAAABAATDAAAAAACDMAJUCAHGAI+QAAAAsEyuowiZKvz//y+LgACEUAf4//8fBAAAgsAJEMAhASjczgbCAAQAAAAB
AAAAAACEkCgAAgQAAA==
`

export const scriptSubtags = `
adlm afak aghb ahom arab aran armi armn avst bali bamu bass batk beng berf bhks blis bopo brah
brai bugi buhd cakm cans cari cham cher chis chrs cirt copt cpmn cprt cyrl cyrs deva diak dogr
dsrt dupl egyd egyh egyp elba elym ethi gara geok geor glag gong gonm goth gran grek gujr gukh
guru hanb hang hani hano hans hant hatr hebr hira hluw hmng hmnp hntl hrkt hung inds ital jamo
java jpan jurc kali kana kawi khar khmr khoj kitl kits knda kore kpel krai kthi lana laoo latf
latg latn leke lepc limb lina linb lisu loma lyci lydi mahj maka mand mani marc maya medf mend
merc mero mlym modi mong moon mroo mtei mult mymr nagm nand narb nbat newa nkdb nkgb nkoo nshu
ogam olck onao orkh orya osge osma ougr palm pauc pcun pelm perm phag phli phlp phlv phnx piqd
plrd prti psin ranj rjng rohg roro runr samr sara sarb saur seal sgnw shaw shrd shui sidd sidt
sind sinh sogd sogo sora soyo sund sunu sylo syrc syre syrj syrn tagb takr tale talu taml tang
tavt tayo telu teng tfng tglg thaa thai tibt tirh tnsa todr tols toto tutg ugar vaii visp vith
wara wcho wole xpeo xsux yezi yiii zanb zinh zmth zsye zsym zxxx zyyy zzzz`

export const regionSubtags = `
001 002 003 005 009 011 013 014 015 017 018 019 021 029 030 034 035 039 053 054 057 061 142 143
145 150 151 154 155 202 419 aa ac ad ae af ag ai al am an ao aq ar as at au aw ax az ba bb bd be
bf bg bh bi bj bl bm bn bo bq br bs bt bu bv bw by bz ca cc cd cf cg ch ci ck cl cm cn co cp cq
cr cs cu cv cw cx cy cz dd de dg dj dk dm do dz ea ec ee eg eh er es et eu ez fi fj fk fm fo fr
fx ga gb gd ge gf gg gh gi gl gm gn gp gq gr gs gt gu gw gy hk hm hn hr ht hu ic id ie il im in
io iq ir is it je jm jo jp ke kg kh ki km kn kp kr kw ky kz la lb lc li lk lr ls lt lu lv ly ma
mc md me mf mg mh mk ml mm mn mo mp mq mr ms mt mu mv mw mx my mz na nc ne nf ng ni nl no np nr
nt nu nz om pa pe pf pg ph pk pl pm pn pr ps pt pw py qa re ro rs ru rw sa sb sc sd se sg sh si
sj sk sl sm sn so sr ss st su sv sx sy sz ta tc td tf tg th tj tk tl tm tn to tp tr tt tv tw tz
ua ug um un us uy uz va vc ve vg vi vn vu wf ws yd ye yt yu za zm zr zw zz`

export const variantSubtags = `
1606nict 1694acad 1901 1959acad 1994 1996 abl1943 akhmimic akuapem alalc97 aluku anpezo ao1990
aranes arevela arevmda arkaika asante auvern baku1926 balanka barla basiceng bauddha bciav
bcizbl biscayan biske blasl bohairic bohoric boont bornholm cisaup colb1945 cornu creiss dajnko
ekavsk emodeng fascia fayyumic fodom fonipa fonkirsh fonnapa fonupa fonxsamp gallo gascon gherd
grclass grital grmistr hanoi hepburn heploc hognorsk hsistemo huett ijekavsk itihasa ivanchov
jauer jyutping kkcor kleinsch kociewie kscor laukika leidentr lemosin lengadoc lipaw ltg1929
ltg2007 luna1918 lycopol mdcegyp mdctrans mesokem metelko monoton ndyuka nedis newfound nicard
njiva nulik osojs oxendict pahawh2 pahawh3 pahawh4 pamaka peano pehoeji petr1708 pinyin polyton
provenc puter rigik rozaj rumgr sahidic saigon scotland scouse simple solba sotav spanglis
surmiran sursilv sutsilv synnejyl tailo tarask tongyong tunumiit uccor ucrcor ulster unifon
vaidika valbadia valencia vallader vecdruka viennese vivaraup wadegile xsistemo`
