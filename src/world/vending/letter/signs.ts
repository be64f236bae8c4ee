import { NAME } from './names.ts'
import { MONEY } from './prepared.ts'

// The words by which one sentence of a prepared letter shows what it is about. Each sign is looked for in a sentence on
// its own; what the letter as a whole wants is for intent.ts to say.

const GOODS = `(?:(?:the|my|our|your|those|these|that|this|any|more|\\d{1,6}|of|regular|last|next|other|today's|yesterday's|\\w+day's|tomorrow's) )*${NAME}`
const ORDER = '(?:order|orders|purchase order|p\\.?o\\.?|delivery|deliveries|shipment|standing order|subscription)'
const OUR =
  "(?:my|our|the|that|this|yesterday's|today's|tomorrow's|last|\\w+day's|this morning's|previous|earlier|open|following)"

function sign(...alternatives: readonly string[]): RegExp {
  return new RegExp(alternatives.map((text) => `(?:${text})`).join('|'))
}

export type Sign =
  | 'request'
  | 'politely'
  | 'maybe'
  | 'notYet'
  | 'condition'
  | 'past'
  | 'refuses'
  | 'priceAsk'
  | 'haggles'
  | 'accepts'
  | 'declines'
  | 'cancels'
  | 'unwants'
  | 'changes'
  | 'complains'
  | 'refunds'
  | 'pleased'
  | 'again'

export const SIGNS: Readonly<Record<Sign, RegExp>> = {
  /** Asks for goods. */
  request: sign(
    '\\b(?:please|pls|plz|kindly)\\b',
    '\\b(?:send|ship|dispatch|deliver|supply|pop|prepare|reserve|pack|bring|book|forward|provide|drop off)\\b',
    "\\b(?:i|we|and|to|now|herewith|hereby|please|would|also|must|the shop|harbour arcade)(?: would|'d)?(?: like to| want to| wish to| hereby| herewith| only| just| really| also| now| do| still| kindly)? (?:order|buy|purchase|need|want|require|take)\\b",
    "\\b(?:i|we)(?:'d| would|d) (?:like|love|be grateful|appreciate|be glad|be happy|be obliged)\\b",
    "\\b(?:i'll|we'll|i will|we will|let me|let us|lets|let's|i am|i'm|we are|we're) (?:take|have|order|ordering|go for|get|buy|buying|need)\\b",
    '\\b(?:put|mark) (?:me|us) down\\b|\\bcount (?:me|us) in\\b|\\bsign (?:me|us) up\\b',
    '\\b(?:get|give|let|bring) (?:me|us)\\b|\\b(?:can|could|may|might) (?:i|we) (?:please |also |perhaps |possibly )?(?:have|get|order|take|ask for)\\b',
    `(?<!\\b(?:my|our|your|the|last|an?|this|that|of|first|second|previous|\\w+'s) )\\border(?:ing)?\\b[^?]{0,30}(?:\\d|${NAME})|^order\\b|\\b(?:place|submit|putting in|put in) (?:an?|the|this|our|my)(?: \\w+)? order\\b|\\bneeded\\b|\\bsoon as\\b`,
    '\\bwould be (?:lovely|great|perfect|nice|good|wonderful)\\b|\\b(?:would|will) do\\b|\\bhere goes\\b|\\bhow about sending\\b',
    '\\bprefer\\b|\\b(?:top|fill|stock) (?:me|us) up\\b|\\bdown for\\b|\\brequirements?\\b|\\brepeat\\b|\\bsame again\\b|\\breorder\\b',
  ),
  /** A request whose form is a question: "could you send us". */
  politely: sign(
    '\\b(?:could|can|would|will|might|may) (?:you|someone|somebody)(?: all| guys)?(?: please| kindly| possibly| perhaps| also| just| then)*(?: be so (?:good|kind) as to| mind| be able to)? ?(?:send|sending|ship|supply|pop|put|get|let (?:me|us) have|dispatch|book|drop|prepare|pack|arrange|do (?:me|us)|bring|deliver|add|give)\\b',
    '\\b(?:could|can|may|might) (?:i|we)(?: please| also| perhaps| possibly| just)* (?:have|get|order|take|ask for|trouble you for)\\b',
    '\\bany chance of (?:getting )?\\d',
    '\\bwould you (?:be so (?:good|kind)|mind)|\\bplease\\b[^?]*\\bsend\\b',
  ),
  /** Names goods that it might buy one day. */
  maybe: sign(
    '\\b(?:may|might|could) (?:well |then |also |perhaps )?(?:be |need|want|take|order|buy|require|go for|use)\\b',
    '\\b(?:thinking of|think about|thinking about|considering|planning|plan to|expect to|hope to|intend to|interested in|be interested|interest in|in the market for|look(?:ing)? (?:at|to|into|for)|toying|wonder(?:ing|s)?|tempted|contemplat\\w+|curious)\\b',
    "\\bwould (?:need|be after|be looking|require|probably|perhaps|possibly|be about|be around|have to|be for)\\b|\\bi'd be after\\b|\\bwe'd be after\\b|\\bwe'd need\\b|\\bi'd need\\b",
    "\\b(?:in theory|hypothetical\\w*|theoretically|suppos(?:e|ing)|let's say|imagine (?:we|i|that)|for example|e\\.g\\.|for instance|potential|tentative\\w*|provisional\\w*|prospective|indicative|estimated?|est\\.?|possible order|one day|some day|eventually|down the line)\\b",
    '\\bif (?:i|we) (?:were|took|take|ordered|order|bought|buy|want|wanted|went|need|needed|go|double|doubled|come|came)\\b|\\bwere (?:i|we) to\\b|\\bshould (?:i|we) (?:order|take|buy|want|decide)\\b|\\bwhat if\\b',
    `\\bdepending on\\b|\\bwanna\\b`,
  ),
  /** Says that nothing is bought yet. */
  notYet: sign(
    "\\b(?:not|isn't|is no|isnt|no|never|nor|neither|rather than)(?: meant as| yet| a| an| to be(?: read| taken)?(?: as)?| placing| making| intended as| be)*(?: a| an| any)?(?: firm| formal| binding| actual| real)? (?:order|orders|commitment|purchase|obligation)\\b(?! (?:number|was|has))",
    "\\b(?:don't|do not|dont|not|never|nothing|please hold off|hold off on)\\b[^.?!]{0,30}\\b(?:ship|send|sending|charge|shipping|charging|deliver)\\b[^.?!]{0,40}\\b(?:yet|until|till|before|on the strength|for now|at this stage|unless)\\b",
    "\\b(?:do not|don't|dont|not|never)(?: to)? (?:process|treat|take|read|regard|consider|count|book|log|enter)\\b[^.?!]{0,20}\\bas (?:an? |our |my )?(?:firm |formal )?(?:order|purchase|commitment)\\b",
    "\\b(?:no need to|need not|needn't|need n't) (?:ship|send|deliver|dispatch|bring|charge)\\b[^.?!]{0,40}\\b(?:yet|until|till|before|for now|at this stage|unless)\\b",
    '\\b(?:before|prior to)\\b[^.?!]{0,20}\\b(?:order|ordering|commit|committing|place|placing|buy|buying|decide|deciding|purchas\\w+|sign|agree)\\b',
    '\\b(?:only|just|simply|merely) (?:an? )?(?:inquiry|enquiry|inquiring|enquiring|asking|checking|a question|questions|want(?:ed)? to (?:know|ask|check)|wish to (?:know|ask)|wondering|curious|information|comparing|browsing|looking)\\b',
    '\\bno(?:t| firm| formal)? (?:commit\\w*|obligation|purchase is)\\b|\\bfor (?:your )?information only\\b|\\bwithout (?:any )?(?:commitment|obligation)\\b|\\bnon-?binding\\b',
    "\\b(?:will|shall|'ll) (?:then |only |probably )?(?:order|confirm|decide|commit|come back|get back|send (?:an?|the|you an?)(?: formal| proper| firm| written)* (?:purchase )?order|put the order)\\b",
    "\\bonce (?:i|we)(?: have|'ve)? (?:reviewed|compared|seen|heard|decided|know|checked)\\b|\\bpending (?:pricing|price|prices|your|approval|quote)\\b|\\bonce finali[sz]ed\\b|\\bwait for (?:my|our) (?:go-ahead|confirmation|word)\\b",
    '\\bno need of anything\\b|\\bnot (?:placing|ordering|buying|needing|need) any(?:thing)\\b|\\bnot (?:placing|making) any',
    `\\b(?:do not|don't|dont) (?:dispatch|ship|send|deliver|charge|supply|process)(?: anything| it)?(?: yet| now)?\\s*(?:[.!,;]|$)`,
    `\\b(?:will|'ll) let you know\\b|\\buntil (?:i|we)(?:'ve| have)? (?:checked|decided|heard|seen|compared|know|confirm\\w*)\\b|\\bbefore (?:i|we) (?:proceed|go ahead|continue|make up)\\b`,
    `\\b(?:let me|i'll|we'll|i must|we must|i need to|we need to|have to) (?:first )?(?:check|ask|think|talk|speak|see|sleep)\\b|\\b(?:probably|most likely|i think we|we think we|leaning)\\b[^.]{0,30}\\b(?:go|take|order|accept|agree)\\b`,
    `\\binclined to\\b|\\bfirm answer\\b|\\banswer (?:comes|follows)\\b`,
  ),
  /** Makes the deal depend on something. */
  condition: sign(
    "\\bif\\b(?!,? (?:possible|need be|necessary|not already|so|any(?:thing|body|one)?|something|there (?:is|are)|you (?:have (?:any|questions|trouble)|need|want|run into|cannot reach|can't reach|(?:could|would)(?: please| kindly)? (?:send|let|confirm|ship|deliver)|can (?:manage|please)?,|can'?t find)|in doubt|this mail|i may|i might|we may|that helps|it helps|nobody|no one|only to|that's (?:possible|ok|okay|all right)|that is possible|it's (?:possible|ok|okay)|it is possible|you(?:'d| would) be so|you(?:'d| would)? (?:be so|don't mind|please)|it (?:hasn't|has not|is not|isn't|is still|has)|not too late|you (?:have not|haven't)|the (?:door|front|van|driver|gate)))",
    '\\b(?:provided|providing|unless|as long as|so long as|assuming|subject to|on (?:the )?condition|in case|contingent|conditional(?:ly)?|depending on|only (?:if|when|at|in case)|in the event|not before|on the understanding)\\b',
    `\\bwhen ${GOODS} (?:is|are|gets?|comes?|falls?|drops?)\\b|\\bwhen (?:the|your) prices? (?:is|are|falls?|drops?|comes?)\\b|\\bas soon as (?:the|your) prices?\\b`,
    `\\bonce (?:you|the price|your)\\b|\\bnot if\\b`,
  ),
  /** Tells what was. */
  past: sign(
    "\\b(?:i|we|you|they|it|she|he|nobody|customers|people|which|that|who)(?: have|'ve| had| has|'d)?(?: already| also| just| only| recently| last| once| never)? (?:ordered|bought|sold|sent|received|got|had|paid|took|charged|billed|delivered|asked|wrote|were|was|found|ran|counted|shipped|went|supplied|gave|dropped|used|ended|started|lost|confirmed|placed|invoiced|debited|promised)\\b",
    '(?<!\\b(?:be|get|have it|have them) )\\b(?:sold|left over|left|remaining|remain|arrived|came|was|were|received|delivered|charged|billed|paid for|went|gone)\\b',
    '\\b(?:last (?:week|month|time|year|order|delivery|\\w+day)|yesterday|ago|previously|so far|used to)\\b',
    "\\bwe(?: still)? (?:have|hold|sell|currently|usually|normally|buy about|buy for)\\b|\\bi(?:'ve| still have| have| hold| sell)\\b|\\bstock(?:take| is| was)?\\b[^?]{0,20}\\b(?:down|left|low|shows?)\\b|\\bcounted\\b|\\bbest[- ]?sell\\w+|\\btop sellers?\\b|\\byou'd like to know\\b",
    `\\b(?:i|we)(?:'d| had)? (?:planned|meant|thought|wanted|intended|hoped)\\b`,
  ),
  /** Turns goods down. */
  refuses: sign(
    `\\b(?:do not|don't|dont|did not|cannot|never|won't|no longer)(?: really| please| actually)? (?:need|want|send|ship|deliver|include|add|require|bring|supply|pack)\\b`,
    '\\bno longer (?:need|want|require)\\b|\\bnot be needing\\b',
  ),
  /** Asks for a price, a list or the like. */
  priceAsk: sign(
    "\\bhow much\\b(?! (?:goes|fits|room|space|is left))|\\bwhat(?:'s| is| are| would| do| does| will| could)?\\b[^.!]{0,60}\\b(?:cost|costs|price|prices|pricing|charge|come to|rate|rates|discount|offer|run (?:me|us))\\b",
    '\\b(?:send|give|provide|let (?:me|us) (?:know|have)|tell|advise|reply|state|need|want|like|see|request\\w*|get|have|share|supply|indicate|mail|forward|ask(?:ing)? for|look(?:ing)? for|check(?:ing)?|know)\\b[^.!?]{0,50}\\b(?:prices?|pricing|price ?list|quotes?|quotation|costs?|catalog(?:ue)?|rates|pro ?forma|unit prices?|lead times?)\\b',
    '\\b(?:send|give|make|need|want|request\\w*|receive|provide)\\b[^.!?]{0,40}\\b(?:cost|terms|offer|brochure|range)\\b',
    '\\b(?:request for (?:a )?quot\\w+|rfq|quote request|price (?:inquiry|enquiry|request|check)|please quote|quote (?:me|us|for|requested|please)|(?:your|ur) prices?|for a quote|for a quotation|pro ?forma|price list|prices? pls|volume discounts?)\\b|^quot(?:e|ation)\\b',
    '\\b(?:an?|your best|some|any|firm|formal) (?:\\w+ ){0,2}(?:quotation|quote|offer|estimate|price ?list|catalog(?:ue)?|proposal|idea|indication)\\b',
    '\\bbest price\\b|\\bbest unit price\\b',
    `\\bavailability\\b|\\b(?:your|the) (?:terms|conditions)\\b`,
    `\\b(?:confirm|check)\\b[^.!?]{0,40}\\b(?:prices?|rates)\\b`,
    `\\bwhat(?:'s|s| is| are| about) \\d+\\b`,
    `\\bwhat's the damage\\b`,
  ),
  /** Proposes a price, a discount or a trade. */
  haggles: sign(
    '\\btoo (?:dear|high|much|expensive|steep|costly)\\b|\\b(?:last|final|best) (?:word|offer)\\b|\\bdeal\\?|\\btake it or leave\\b|\\bwhat do you say\\b|\\binterested\\?|\\bcome on[.!,?]',
    `\\b(?:knock|shave)\\b[^.?!]{0,40}\\boff\\b|\\btake\\b[^.?!]{0,40}(?:${MONEY}|%)[^.?!]{0,12}\\boff\\b|\\b(?:drop|cut|lower|reduce)\\b[^.?!]{0,40}(?:${MONEY}|%|\\bprice\\b)|\\b(?:come|came|go|went|get) down\\b|\\bmatch (?:it|that|this|the|their|his)\\b|\\bmeet (?:me|us|that|it|this|the)\\b|${MONEY} instead of ${MONEY}|\\b(?:our|my) (?:limit|budget|ceiling) (?:is|would|for|of)\\b|\\b(?:within|over|above|beyond|exceeds?) (?:our|my) budget\\b|\\bthrow in\\b|\\bwaive\\w*\\b|\\bfree (?:delivery|shipping)\\b|\\bsweeten\\b|\\bbetter (?:price|deal|offer|on)\\b|\\bbundle\\b|\\bcounter-?(?:offer|proposal)\\b|\\bhaggl\\w+|\\bnegotiat\\w+|\\brebate\\b|\\bsharpen\\b`,
    `% (?:off|discount|less|rebate|reduction)|\\b(?:want|ask for|expect|need|deserve|like|give)\\b[^.?!]{0,20}\\bdiscount\\b|\\bdiscount (?:if|on|for)\\b[^?]*\\b(?:i|we)(?:'ll| will|'d| would)\\b`,
    `\\bhalf (?:the )?price\\b|\\b(?:could|can|would) (?:you|we)\\b[^.]{0,60}(?:${MONEY}|%)|\\b(?:how|what) about\\b[^.]{0,30}(?:${MONEY}|%)|\\bwhat if\\b[^.]{0,80}(?:${MONEY}|%)|\\bsay ${MONEY}|\\bfor ${MONEY} (?:flat|the lot|all in)\\b|\\bunder (?:that|${MONEY})`,
    `^(?:but |and |ok,? |so )?(?:at )?${MONEY}[ ,]+(?:for|and|a|per|each)\\b[^.]*(?:${NAME}|\\bi\\b|\\bwe\\b|\\bdeal\\b)|\\bat ${MONEY},? (?:i|we)(?:'d|'ll| would| will| could)? |${MONEY}[^.]{0,30}\\b(?:we have a deal|it's a deal|i take|we take|is yours)\\b|\\bprepared to (?:pay|offer|go)\\b|\\b(?:i|we)(?:'d| would| can| could)? (?:offer|pay) (?:you )?${MONEY}`,
    `\\bmake (?:it|that|the)\\b[^.?!]{0,20}${MONEY}|\\botherwise i'll look\\b|\\b(?:is|are) (?:the )?(?:best|lowest) you can\\b|\\bcan you do (?:any )?better\\b|\\bif (?:they|it|${NAME}) (?:were|was) ${MONEY}|\\bcheaper elsewhere\\b|\\bwe could commit\\b|\\border (?:for \\d+ )?is yours\\b`,
    `\\b(?:bring|get|put)\\b[^.?!]{0,40}\\bdown to\\b|\\bin (?:return|exchange) for\\b|\\bfree of charge\\b|\\bon the house\\b|\\b(?:special|trade|sharper|more reasonable|fairer|lower|reduced) price\\b|\\b(?:any )?room (?:for|to)\\b|\\bdo(?:ing)? (?:any )?better\\b|\\b(?:i|we) (?:\\w+ )?had in mind\\b|^\\d{1,3},? and (?:i|we)(?:'ll| will)? take\\b|\\brobbery\\b|\\bas long as\\b[^.]*(?:${MONEY}|%)`,
    `% (?:is|would be|seems|sounds)\\b|^${MONEY}[^.]{0,40}\\bor i (?:go|will|buy|look)\\b|\\bcan you agree to\\b`,
    `\\bkeep (?:the (?:old|price|same)|it at|to the old)\\b|\\b(?:won't|will not|can't|cannot) (?:go above|go over|pay more|spend more)\\b`,
    `\\b(?:less|minus) %|\\b% (?:on|off|below|under)\\b|% (?:below|under|on each|across)\\b|\\bat that level\\b|\\bnot (?:a penny|a cent) (?:over|more)\\b|\\bi'll give you ${MONEY}`,
  ),
  accepts: sign(
    '^(?:yes|yep|yeah|yup|ok|okay|deal|agreed|accepted|confirmed|perfect|fine|great|excellent|sure|sold|done|good|very well|all right|alright|absolutely|of course|certainly)\\b',
    "(?<!\\b(?:could|can|should|if|would|when|once|until|unless) )\\b(?:i|we)\\b(?! (?:do not|don't|cannot|can't|did not|didn't|will not|won't|would not|never))[^.?!]{0,25} (?:accept|agree|confirm|approve)\\b(?! (?:with me|that you))|\\b(?:is|are|are both|offer|quote|quotation|price|terms|prices) (?:hereby )?(?:accepted|agreed|confirmed|approved|acceptable)\\b|\\bthat's agreed\\b|\\bit's a deal\\b|\\bwe have a deal\\b|\\baccepted\\b|\\byou have a deal\\b",
    "\\b(?:go|going) ahead\\b|\\bproceed\\b|\\b(?:works|suits) (?:well )?(?:for|us|me|fine)\\b|\\bthat works\\b|\\bsuits us\\b|\\bsounds (?:good|great|fine|fair)\\b|\\blet's do (?:it|that|this)\\b|\\btake you up\\b|\\bit is!|\\b(?:is|are|all|that's) (?:fine|ok|okay|good|perfect|acceptable)(?: with| by| for|[.,!]|$)|\\bfine (?:by|with) (?:me|us)\\b|\\bhappy with\\b|\\bgo with\\b|\\bgo for it\\b",
    "\\b(?:i'll|we'll|i will|we will|we|i|we'd like to|i'd like to|happy to) (?:take|have|go for|choose|pick|opt for) (?:it|them|both|all|the (?:first|second|third|last|former|latter|larger|smaller|bigger|cheaper|lot|whole|offer|\\d+))\\b|\\bthe (?:first|second|third|last|former|latter|larger|smaller|bigger|cheaper)(?: one| option| offer)?,? (?:please|it is|then|suits)\\b|\\byes (?:to|please)\\b|\\bgreen light\\b|\\byou may charge\\b|\\byou can charge\\b|\\b(?:at|for) (?:the|your) (?:quoted|offered|agreed|stated) (?:price|terms)\\b|\\b(?:is|are|looks?|all|it's) correct\\b|\\bgo on[.,!]|\\bas (?:quoted|offered|proposed|agreed)\\b",
    `\\b(?:that'll|that will|this will|it'll) do\\b|\\byou're on\\b|\\b(?:it's|that's|consider it|all) settled\\b|\\bno objections?\\b|\\bby all means\\b|\\bplease do\\b|\\bgood to go\\b|\\bcount (?:me|us) in\\b|\\bwe're in\\b|\\bas per your (?:offer|quote|quotation)\\b|\\bthumbs up\\b|\\bbook it\\b|^(?:lovely|brilliant|super|splendid|wonderful|cool|settled|approved)[,.!]|\\bthe (?:bigger|larger|smaller|first|second|last|cheaper) (?:pack|one|option|offer|lot|quantity)\\b`,
    `\\b(?:our|my) acceptance\\b|^(?:only|just) the\\b|\\bit is(?:[.,!]|$)`,
    `\\bi'm in\\b|\\bi'm content\\b|\\bat (?:the|your) new price\\b|\\b(?:is|are|'s) (?:great|fine|acceptable|exactly)\\b|^that's exactly\\b|\\bgo (?:on|for)\\b|\\b(?:and|,) done\\b|\\bat the ${MONEY}`,
  ),
  declines: sign(
    "\\bno,? thank|\\bno thanks\\b|\\bthanks?(?: you)?,? but no\\b|\\bbut no\\b|\\bnot interested\\b|\\bno interest\\b|\\bnot for (?:us|me)\\b|\\bdeclin\\w+|\\bturn(?:ed|ing)? (?:it |this |that |you |your \\w+ |the \\w+ )?down\\b|\\b(?:i'll|we'll|i will|we will|have to|must|going to|i|we) pass\\b|^pass\\b|\\breject\\w*",
    "\\b(?:won't|will not|shan't|shall not|not going to|unable to|can't|cannot|not|never) (?:be )?(?:order(?:ing)?|tak(?:e|ing)(?: (?:it|you|them|up))?|need(?:ing)?|proceed(?:ing)?|go(?:ing)? ahead|buy(?:ing)?|accept(?:ing)?|purchas(?:e|ing)|pursue|want(?:ing)?)\\b",
    `\\b(?:do not|don't|dont) (?:want|need|require|care for)\\b|\\brather not\\b|\\bdecided (?:not|against)\\b|\\b(?:do not|don't|dont) (?:wish|want|intend|plan) to\\b|\\b(?:stay|staying|stick|sticking) (?:with|to)\\b|\\bkeep (?:them|it)\\b|\\bisn't worth\\b|\\bnot worth\\b|\\bno order\\b|\\bno need\\b|\\bnot this time\\b|\\bnot to take\\b|\\bmaybe (?:next|another) time\\b|\\bnot (?:at this time|right now|at the moment|today)\\b|\\bhave to say no\\b|\\bsay no\\b|\\bleave (?:it|that) (?:this time|for now)?\\b|\\b(?:more than|too much|too many) (?:we|i|for|than)\\b|^no\\b|\\bcan(?:'t|not) afford\\b|\\b(?:found|gone with|going with|went with|chosen|using)\\b[^.]{0,30}\\b(?:another|cheaper|other|elsewhere|different)\\b|\\bwithdraw from\\b|\\bregretfully\\b`,
    `\\b(?:do|can do) without\\b|\\bgive (?:it|that|this) a miss\\b|\\bno use for\\b|\\bnot (?:required|needed|convinced)\\b|\\b(?:have|got) (?:enough|plenty)\\b|\\boverstocked\\b|\\bprefer not\\b|\\bordered elsewhere\\b|^(?:nah|nope|no)\\b|[.!] no[.!]|\\bout of our (?:budget|reach)\\b`,
    `\\bsorry,? (?:but )?no\\b|\\bbeyond (?:what|our|my)\\b|\\b(?:do not|don't) (?:currently )?(?:require|need)\\b`,
  ),
  cancels: sign(
    `\\bcancel(?:l?ed|l?ing|l?ation|s)?\\b(?!l?ation (?:policy|fee|terms))|\\bcall(?:ing)? (?:it |this |that )?off\\b|\\bscrap\\b|\\bvoid\\b|\\bwithdraw\\w*\\b|\\bannul\\w*|\\brevoke\\w*|\\bdiscontinu\\w+|\\bterminat\\w+|\\btake back ${OUR} ${ORDER}|\\brescind\\w*|\\bretract\\w*|\\bbin (?:my|the|that)\\b`,
    `\\b(?:disregard|ignore|forget|drop|kill|stop|halt|abort|delete|undo|tear up|never mind)(?: about)? (?:${OUR} (?:\\w+ ){0,2}?(?:${ORDER}|e?-?mail|message|letter|note)\\b|${GOODS}|it\\b|that\\b|everything|all of it)`,
    `\\btreat\\b[^.]{0,60}\\b(?:void|not written|cancelled|unsent|never sent|withdrawn|null)\\b|\\btake no further action\\b|\\bend ${OUR} ${ORDER}|\\b(?:please |pls )?stop\\b[^.]{0,15}(?:!|$)|\\bhold everything\\b|\\bpull ${OUR} ${ORDER}`,
    '\\b(?:changed|change) (?:my|our) minds?\\b',
    `\\bback out of\\b|\\bremove (?:me|us) from\\b[^.]{0,25}\\b(?:order|delivery|subscription)\\b|\\b(?:stop|halt|cease) (?:sending|delivering|shipping)\\b|\\bnot go through with\\b`,
  ),
  /** Turns down goods that are on order, in words that are no cancellation elsewhere. */
  unwants: sign(
    `\\b(?:do not|don't|dont|please don't|not) (?:to )?(?:send|ship|deliver|dispatch|bring|want|need)\\b[^.?]{0,30}(?:${NAME}|\\b(?:it|them|that|order|anything)\\b)|\\bno longer (?:need|want|require)\\w*|\\bwon't be needing\\b|\\bwill not be needing\\b|\\bdon't need\\b[^.]{0,40}\\b(?:after all|any ?more|now)\\b`,
    `\\bno need (?:to (?:send|deliver)|for)\\b|\\bnot needed\\b`,
    `\\b(?:do not|don't|dont|not) process\\b|\\bneed not (?:send|deliver|ship|bring)\\b|\\bneedn't (?:send|deliver|ship|bring)\\b|\\bno more need\\b|\\bnot need(?:ed)? (?:any ?more|any longer|after all)\\b`,
    `\\b(?:don't|do not) bother\\b`,
  ),
  changes: sign(
    `\\b(?:chang(?:e|ing)|amend\\w*|modif\\w+|alter\\w*|adjust\\w*|revis\\w+|updat\\w+|correction|please correct|switch|swap|replace|exchange|substitut\\w+)\\b`,
    `\\b(?:reduc\\w+|lower|decreas\\w+|cut|increas\\w+|raise|bump|up|double|halve|trim)\\b[^.?]{0,30}(?:\\b${ORDER}|\\d|\\bquantit\\w+|${NAME})`,
    '\\b(?:instead of|in place of|rather than|in lieu of)\\b|\\bshould (?:read|say|be \\d)|\\bplease read \\d|\\b(?:i|we) meant\\b',
    `\\bmake (?:it|that|them|those|the|my|our|half|some)\\b[^.?]{0,25}(?:\\bof them\\b|\\d|\\bdouble\\b|${NAME})|\\bonly \\d+\\b[^.]{0,10}\\bnot \\d|\\b\\d+,? not \\d`,
    `\\b(?:take|remove|leave|strike|drop|knock)\\b[^.?]{0,40}\\b(?:off|out of|from)\\b[^.?]{0,30}\\b${ORDER}\\b|\\badd\\b[^.?]{0,60}\\b(?:to|with|onto)\\b[^.?]{0,40}\\b${ORDER}\\b|\\b(?:put|include|pack|pop)\\b[^.?]{0,60}\\b(?:with|in|on|to|onto)\\b[^.?]{0,25}\\b(?:my|our|this morning's|today's|yesterday's|that|the|open) order\\b|\\badd(?:ition)?\\b[^.?]{0,20}${NAME}|\\baddition to\\b`,
    `\\b(?:postpon\\w+|reschedul\\w+|push(?:ed)? back|bring forward|hold back|delay (?:the|my|our)|later (?:date|please)|deliver later|split|two deliveries|combine|move)\\b|\\b(?:come|arrive|deliver\\w*|delivery)\\b[^.]{0,30}\\b(?:on|by)\\b[^.]{0,20}\\b(?:rather|instead)\\b|\\b(?:new|different|another|other) (?:delivery )?(?:address|date|day|door)\\b|\\b(?:back|side|rear|front) (?:door|entrance|gate)\\b|\\b(?:day|week|days) (?:earlier|later)\\b|\\bring at\\b|\\b(?:come|arrive|delivered?) (?:on )?\\w+day (?:rather|instead)\\b`,
    `\\bfewer\\b|\\brather have\\b|\\b(?:hold|keep|wait with) (?:it|them|the \\w+|our \\w+|delivery) (?:back )?until\\b|\\bon \\w+day,? not \\w+day\\b|\\b(?:one|another|a different) day\\b|\\bonly \\d+ of the \\d+`,
    `\\b(?:push|shift|put off|put back)\\b[^.?]{0,40}\\b(?:to|until|till|by)\\b`,
  ),
  complains: sign(
    `(?<!what's the )\\b(?:missing|shortages?|short (?:by|of|delivery|shipment|\\d)|(?:was|were|is|are|came|come|arrived|delivered) short|never (?:came|arrived|showed|turned up|received|reached|got)|damaged?|broken|broke|leak\\w*|spoil\\w*|spoiled|mou?ld\\w*|expired|out of date|past (?:its|their) date|stale|rotten|faulty|defective|cracked|crushed|squashed|melted|dented|torn|sour|warm|off when|smell\\w*|ran out last|use-by|best before|gone off|soggy|burst|smashed|dirty|wet)\\b`,
    `\\b(?:not|hasn't|haven't|isn't|n't|nothing has|none has|nothing)(?: yet| been| have| has)* (?:arriv\\w+|come|been delivered|delivered|here|turned up|reached|shown up|received)\\b|\\bstill (?:isn't|not|hasn't|waiting|no sign)\\b|\\bno sign of\\b|\\bshows none\\b|\\bdidn't (?:come|arrive|get|receive|order)\\b|\\bdid not (?:come|arrive|get|receive|order)\\b|\\bnobody ordered\\b|\\bnever ordered\\b|\\bnot ours\\b`,
    `\\b(?:only|just) (?:got |received |had |have )?\\d+(?: ${NAME}| of \\w+)? (?:arrived|came|turned up|were|was|delivered|received|in)\\b|\\bbut (?:only )?(?:\\d+|we|i|you|got|had)\\b[^.]{0,30}\\b(?:ordered|received|got|turned up|arrived|came|sent|charged)\\b|\\b(?:but|yet) (?:we|i) (?:had )?(?:ordered|received|got|were charged|was charged)\\b|\\b(?:i|we) (?:had |only )?ordered \\d+ ?!|\\bonly ordered\\b|\\bordered \\d+[^.]{0,30}\\b(?:got|received)\\b|\\basked for\\b[^.]{0,30}\\bgot\\b`,
    `\\bovercharg\\w+|\\bcharged\\b[^.]{0,50}\\b(?:twice|two times|2 ?x|double|instead|too much)\\b|\\b(?:charged|billed) (?:me|us)?\\b[^.]{0,40}\\b(?:but|when|instead|although|while|yet)\\b|\\bwe were charged\\b|\\bdoubl[ey] charge|\\bincorrect\\w*|\\bwrong (?:items?|goods?|product|price|amount|flavour|delivery|order|quantity|things?|one|${NAME})|\\bgot the wrong|\\bdo(?:es)?n't match\\b|\\bdo(?:es)? not match\\b|\\bmix(?:ed)?[- ]?up\\b|\\bmistaken\\w*|\\bon (?:my|our) bill\\b`,
    "(?<!\\btoo )\\b(?:late|overdue|delayed)\\b|\\bwhere(?:'s| is| are)? (?:is |are )?(?:my|our|the)\\b|\\bshould have (?:been|come|arrived)\\b|\\bdiscrepanc\\w+|\\bcomplain\\w*|\\bnot acceptable\\b|\\bunacceptable\\b|\\bdisappoint\\w+|\\bbelong to\\b|\\bbrought back\\b|\\bdo not (?:open|work|close)\\b|\\bdon't (?:open|work|close)\\b|\\bpoor quality\\b|\\bincomplete\\b|\\bquality (?:concern|problem|issue)\\b|\\bproblem with\\b|\\bexplain\\b|\\bexplanation\\b|\\bhad enough\\b|\\bnot what (?:we|i)\\b|\\bhow come\\b|\\bwhy (?:is|are|was|were|did|have|has|do|does)\\b|\\b(?:second|third|fourth|fifth) time\\b|\\b(?:set|put|sort) (?:it|this|that|things|the matter) (?:right|straight|out)\\b|\\b(?:i|we) count(?:ed)? (?:only )?\\d+\\b|\\bempty packets?\\b|\\bturned out to\\b|\\bwas wrong\\b|\\bwere wrong\\b",
    `\\b(?:brought|sent|received|got|delivered|contained) nothing\\b|\\bnothing (?:came|arrived|has come)\\b|\\b(?:were|was|been) promised\\b|\\bnever (?:had|ordered|wanted|asked)\\b|\\b(?:unhappy|annoyed|angry|upset|furious|fed up|let down|dismayed|dissatisfied)\\b|\\b(?:paid for|ordered|asked for|wanted)\\b[^.]{0,40}\\b(?:and|but)(?: we| i| you)? (?:only )?(?:received|got|were sent|was sent|sent|delivered)\\b|\\b(?:ruined|unsellable|unusable|inedible|useless|undrinkable|half empty|mislabelled|not fresh|no good|too few|underweight|dead on arrival|faults?|gone missing|what happened to|not as (?:ordered|described)|fewer than|less than (?:we|i|ordered)|off by)\\b|\\ban? (?:error|mistake) (?:on|in) (?:the|your|my|our)\\b|\\b(?:boxes|bottles|packets|bags) (?:were )?(?:open|opened|torn)\\b`,
    `\\b(?:billed|invoiced|charged) for\\b[^.]{0,40}\\b(?:that|which|we|i)?\\b[^.]{0,20}(?:never|not|only|[.])|\\b\\d+ (?:\\S+ )?(?:were |was |got )?lost\\b`,
    `\\b(?:soaked|drenched|stained|scratched)\\b|\\byou (?:delivered|sent|brought|charged|billed)\\b[^.]{0,40}\\b(?:instead of|rather than)\\b|\\bstill without\\b|\\b(?:is|are|was|were|have|has) (?:now )?gone\\b|\\bdue (?:on|last|yesterday)\\b[^.]*\\bstill\\b|\\bwhich were due\\b`,
  ),
  /** The shop asks for its money. */
  refunds: sign(
    `\\b(?:refund|refunds|refunded|refunding|reimburse\\w*|chargeback|compensat\\w+)\\b|\\bmoney back\\b|\\bmoney for\\b|\\bpay (?:me|us|it|this|that|them|one|the \\w+|back|up)\\b[^.]{0,20}(?:back\\b)?|\\bpay back\\b|\\bpay up\\b|\\bgive (?:me|us)? ?back\\b|\\bgive (?:me|us) back\\b|\\byou owe\\b|\\bowe (?:me|us)\\b|\\bcredit (?:me|us|the|our|my|to|${MONEY})|\\bcredited\\b|${MONEY} back\\b|\\b(?:not|n't|never|still)\\b[^.]{0,25}\\b(?:had|received|got|seen|waiting for)\\b[^.]{0,15}\\b(?:our|my|the) (?:${MONEY}|money)|\\bput\\b[^.]{0,20}\\bback\\b|\\bdemand\\b[^.]{0,20}\\bmoney\\b|\\b(?:return|transfer|repay)\\b[^.]{0,20}${MONEY}|\\bback (?:on|to|into) (?:my|our|the) account\\b|\\breturn (?:the|my|our) (?:money|payment|${MONEY})`,
    `\\breverse the charge\\b|\\bmoney (?:is|would be) better\\b`,
    `\\b(?:like|want|have|get) (?:it|that|this|them|the money|the difference) back\\b`,
  ),
  /** Good news, and news for its own sake. */
  pleased: sign(
    '\\bthank(?:s| you)\\b[^.]{0,40}\\b(?:for the|for your|for putting|for sorting|for last)\\b|\\ball (?:fine|good|well|in (?:perfect|good) (?:shape|order|condition))\\b|\\bfor your (?:information|records|survey)\\b|\\bis on the account\\b|\\bas promised\\b|\\bhappy (?:new year|birthday|easter)\\b|\\bmerry\\b|\\bcongratulations\\b',
  ),
  again: sign(
    `\\b(?:same|usual|repeat|again|as (?:last|always|before|ever|usual|on|in)|like last)\\b[^.]{0,40}\\b(?:order|time|again|week|month|always|usual|as)\\b|\\bthe usual\\b|\\brepeat\\b|\\bsame again\\b|\\b(?:our|my|the) (?:last|previous|usual) (?:order|quantity)\\b|\\blast (?:week|month|time)'s (?:order|quantity|amount)\\b|\\bre-?order\\b`,
    `\\bwhat (?:you sent|we (?:had|ordered|got|took)|i (?:had|ordered|got))\\b`,
  ),
}
