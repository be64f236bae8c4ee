// Suppliers read English alone. A letter in another language is asked back, so that nobody is charged by a guess.

const ENGLISH = new Set(
  `the a and of to for on our we i is are please thank thanks you your my at it in with this that will would could can have has
  do not no yes but if be was were from by send order account deliver delivery charge ship what how when which as again all any
  just they need want like price prices cancel more per each address still out so me us ok sorry hi hello dear make same pls`.split(
    /\s+/,
  ),
)
const OTHERS = new Set(
  `und der die das ein eine einen wir ich bitte danke nicht für mit auf ist sind unsere unser ihre ihr zu von den dem zum zur guten tag konto
  lieferung bestellung stück hallo grüße wie noch bei sie uns haben auch nur
  bonjour nous vous je le la les des du au aux un une et merci compte pour est sont votre vos notre nos livrer s'il plaît pas dans avec que qui
  buenos hola gracias por favor el los las una y para cuenta pedido con en su sus es son no nos qué más del al
  buongiorno grazie per il lo gli conto ordine sono vorrei quanto di della vorremmo che non
  bom boa obrigado obrigada conta encomenda um uma os as do da dos das em com queremos não
  goedendag graag het een van op wij rekening bestelling bedankt naar als niet ik dank groet aan
  dzień dobry proszę zamawiam sztuk konto pozdrawiam na dziękuję nie
  hej vi vill gärna till och tack beställa jag är det som med att på konto ikke og tak jeg vil hei kiitos tilaan`.split(
    /\s+/,
  ),
)

/** True for letters that are English, or too short or too bare a list to be anything else. `lower` is without products. */
export function isEnglish(lower: string): boolean {
  const words = lower.match(/\p{L}[\p{L}']*/gu)?.slice(0, 400) ?? []
  const english = words.filter((word) => ENGLISH.has(word)).length
  const foreign = words.filter((word) => OTHERS.has(word) && !ENGLISH.has(word)).length
  const strange = words.filter((word) => /[^a-z'é\ue000-\uf8ff¤]/u.test(word)).length
  return foreign + strange < 2 || foreign + strange <= english
}
