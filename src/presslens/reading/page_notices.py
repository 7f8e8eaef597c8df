"""Page notices: lines of web pages that the paper says to its readers and are not the article."""

from __future__ import annotations

import re

from presslens.reading.draft import Draft

# What papers say under and between paragraphs, where lines alone show it; what dumps and other
# exports have as well stands in `lines`.
_ADVERTISING = (
    r"(?:article|story) content|\W*advertisement\W*\d*\W*(?:(?:story|article) continues.*)?"
    r"|anzeige|werbung|publicité|publicidade?|pubblicità|advertentie|reklame?|annons[e]?"
)
_LETTERS = (
    r"for more (?:stories|news|articles)\b.{0,60}\b(?:check|visit|read|see|click)\b.{0,80}"
    r"|(?:for|get) (?:all )?the (?:latest|best|top|biggest)\b.{0,160}\b(?:newsletters?|inbox"
    r"|sign up|subscribe|follow us)\b.{0,80}"
    r"|(?:newsletter|jetzt) (?:abonnieren|anmelden)\b.{0,160}|(?:melden sie sich|inscrivez-vous"
    r"|abonnez-vous|suscr[ií]bete|ap[uú]ntate|inscreva-se|iscriviti|meld je aan)\b.{0,200}"
    r"|follow [\w. ]{2,40} on (?:twitter|facebook|x|instagram|whatsapp|google news)\b.{0,200}"
    r"|(?:add|make|choose|set) [\w ]{2,40}(?: as)?(?: an?| your)? preferred source\b.{0,100}"
    r"|you can (?:unsubscribe|check out) at any time\b.{0,200}"
)
# What newsletters end with: why one got them, how to be rid of them.
_FOOT = re.compile(
    r"(?:you(?:['’]re| are| have)? (?:receiv(?:ed?|ing)|getting|got) this (?:e-?mail|newsletter"
    r"|message|mail)|this (?:e-?mail|newsletter|message) was sent to|(?:don['’]t|do not|no longer)"
    r" (?:want|wish) to (?:receive|get) (?:this|these|our)|(?:sie erhalten diesen? (?:e-?mail"
    r"|newsletter)|vous recevez cet(?:te)? (?:e-?mail|newsletter|lettre|message)|recibes? este"
    r" (?:correo|bolet[ií]n)|je ontvangt deze|u ontvangt deze|ricevi questa))\b.{0,300}"
    r"|(?:(?:unsubscribe|manage|update|change|view|open|e-?mail|your|my|preferences|settings"
    r"|subscriptions?|privacy|policy|terms|of|use|from|newsletters?|emails?|contact|us|forward|to|a|friend|this|in|browser"
    r"|online|advertise|here|abmelden|abbestellen|se désabonner|darse de baja)\b[\s|·•,./–—-]{0,5})"
    r"{1,24}",
    re.IGNORECASE,
)
_FOOT_WORD = re.compile(
    r"unsubscribe|preferences|received? this|receiving this|getting this|got this|was sent to"
    r"|wish to|want to|erhalten|recevez|recibe|ontvangt|ricevi|abmelden|abbestellen|désabonner"
    r"|darse de baja",
    re.IGNORECASE,
)
_CONTACTS = (
    r"get in touch (?:with|by|at)\b.{0,160}@.{0,80}|\W*e-?mail\s*:\s*\S+@\S+"
    r"|.{0,120}\bget in touch (?:at|by email\w*|on) \S+@\S+"
    r"|our (?:web)?site is the place for\b.{0,300}|our community members\b.{0,300}"
)
# What stands where a text is cut off for those who don't pay, and pleas for money.
_PAYING = (
    r"(?:get|enjoy|unlock) (?:your )?(?:unlimited|full|complete)(?:[ -]?(?:digital|online))? access"
    r"\b.{0,160}"
    r"|(?:subscribe|register|sign up|log ?in|sign in|join|create (?:a|your) (?:free )?account)"
    r"(?: \w+){0,4} to (?:continue|keep|finish|read|unlock)\b.{0,120}"
    r"|(?:continue|keep) reading (?:this|the|with|by|for|your)\b.{0,120}"
    r"|(?:this|the rest of this) (?:article|story|content) is (?:reserved|locked|only|exclusive"
    r"|exclusively|available)\b.{0,40}\b(?:subscribers?|members?|registered)\b.{0,120}"
    r"|you(?:['’]ve| have) (?:reached|used|read)\b.{0,40}\bfree (?:articles?|stories)\b.{0,160}"
    r"|(?:we need your (?:support|help)|if you (?:value|appreciate|believe in) (?:our|independent)"
    r" \w+|please consider (?:support|donat|subscrib|making a (?:donation|contribution))\w*)\b"
    r".{0,300}"
)
# What pleas for money hold where a text was cut off, wherever they stand.
_PAYWALL = re.compile(
    r"\b(?:subscribe|register|sign up|sign in|log ?in|join|create (?:a|your) (?:free )?account)"
    r"(?: [\w+&.'’-]+){0,6} to (?:(?:continue|keep|finish) reading|continue$"
    r"|(?:read|unlock) (?:the|this) (?:full|whole|entire|rest|article|story))"
    r"|\bto (?:continue|keep|finish) reading\b.{0,80}\b(?:subscri\w+|sign|log ?in|register|join"
    r"|account)\b"
    r"|\b(?:this|the rest of this|the full) (?:article|story|content|text) is (?:reserved|locked"
    r"|only|exclusive\w*|available)\b.{0,40}\b(?:subscribers?|members?|registered)\b"
    r"|\b(?:unlock|read) (?:the )?(?:full|rest of (?:the|this)) (?:article|story) (?:with|by|for)\b"
    r"|\bthis (?:article|story|content) is for (?:paying )?(?:subscribers|members)\b"
    r"|\b(?:mit .{0,30}\babo weiterlesen|jetzt weiterlesen mit|um weiterzulesen)\b"
    r"|\b(?:article|contenu) (?:est )?réservé (?:à nos |aux )abonnés"
    r"|\bla suite (?:de cet article )?est réservée"
    r"|\bil vous reste \d{1,2}(?:[.,]\d+)?\s?% de cet article"
    r"|\bpara (?:seguir|continuar) (?:leyendo|lendo)\b|\b(?:contenido|conteúdo) exclusivo para"
    r" (?:suscriptores|assinantes)|\briservato agli abbonati|\bper continuare a leggere\b"
    r"|\balleen voor abonnees|\bom (?:verder te lezen|dit artikel te lezen)\b"
    r"|\b(?:fortsätt läsa|les videre|læs videre) med\b",
    re.IGNORECASE,
)
# What says how the page works: players, ages and lengths of reading, counters of pictures.
_CONTROLS = (
    r"(?:(?:last )?(?:updated|posted|published|modified)\W{0,3})?\d{1,3} (?:seconds?"
    r"|min(?:ute)?s?|hours?|hrs?|days?|weeks?|months?) ago"
    r"|\W*\d{1,3} ?min(?:ute)?s?\W*|\d{1,3}:\d\d(?: ?/ ?\d{1,3}:\d\d)?"
    r"|(?:(?:image|photo|picture|slide) )?\d{1,3} (?:of|/) \d{1,3}"
    r"|save|saved|listen|gift(?: this)? article|(?:view|open|see) (?:the )?(?:full )?(?:gallery"
    r"|image|photos?|comments?)(?: \(?\d+\)?)?"
    r"|this (?:audio|voice|translation|summary) (?:is|was|has been) (?:auto-?|ai-?|automatically )?"
    r"(?:generated|created|produced|translated)\b.{0,160}"
    r"|(?:your browser (?:does not|doesn['’]t) support|(?:please )?enable javascript"
    r"|to (?:play|view) this (?:video|audio)|this (?:video|content) (?:can(?:not|['’]t) be"
    r"|is not available))\b.{0,200}"
)
# What is left of a post where the page holds no more than its frame.
_POSTS = (
    r"(?:\S{1,40} )?pic\.(?:twitter|x)\.com/\w+|view this post on \w+"
    r"|a post shared by .{2,120}|(?:an? )?(?:tweet|post) (?:by|from) @\w+"
    r"|[—–-] ?.{2,60} \(@\w{1,30}\)(?: \w+ \d{1,2}, \d{4})?"
)
_NOTICE = re.compile(
    "|".join((_ADVERTISING, _LETTERS, _CONTACTS, _PAYING, _CONTROLS, _POSTS)), re.IGNORECASE
)
_NOTICE_LENGTH = 400
_ALSO = re.compile(
    r"(?:lesen sie (?:auch|mehr|dazu)|mehr zum thema|auch interessant|lire aussi|à lire aussi"
    r"|lea? tambi[eé]n|te puede interesar|leia (?:também|mais)|leggi anche|lees ook"
    r"|læs (?:også|mere)|les (?:også|mer)|läs (?:också|även|mer)|czytaj (?:też|także))"
    r"\s*(?:[:|–—-]\s*(?P<rest>.*))?",
    re.IGNORECASE,
)
_MORE_CREDITS = re.compile(
    r"(?:additional |with )?reporting (?:by|from) (?P<names>.{2,80})", re.IGNORECASE
)
# "Correction, June 3: …", which has more between its word and its colon than a dump's.
_CORRECTION = re.compile(
    r"\W{0,2}(?:correction|clarification)s?(?:\s?[,(]|\s(?:on |appended )?(?=\d|[A-Z][a-z.]{2,8}"
    r" \d))[\w ,.()/-]{0,40}:\s.+",
    re.IGNORECASE,
)
# "Ana Lima is a reporter for …", under the text.
_OFFICE = re.compile(
    r"\s(?:is|was|covers|writes|reports)\b.{0,60}?\b(?:reporter|correspondent|editor|journalist"
    r"|columnist|writer|author|professor|director|fellow|lecturer|researcher|contributor|covers?"
    r"|covering|writes|reports|newspaper|paper)\b.{0,300}",
    re.IGNORECASE,
)


def is_notice(line: str, draft: Draft) -> bool:
    """Whether a line is no part of the article; what it tells of it goes to the draft."""
    if len(line) > _NOTICE_LENGTH:
        return False
    line = line.removeprefix("- ")
    if also := _ALSO.fullmatch(line):
        draft.related += [also["rest"]] if also["rest"] else []
    elif credit := _MORE_CREDITS.fullmatch(line):
        draft.credits.append(credit["names"])
    elif _CORRECTION.fullmatch(line):
        draft.corrections.append(line)
    else:
        return bool(_NOTICE.fullmatch(line)) or _is_about_author(line, draft)
    return True


def asks_to_pay(text: str) -> bool:
    """Whether a text says that only those who pay or register may read on."""
    return bool(_PAYWALL.search(" ".join(text.split())))


def is_letters_foot(line: str) -> bool:
    """Whether a line is the beginning of what stands under a newsletter and is none of its news."""
    return (
        len(line) <= _NOTICE_LENGTH
        and _FOOT_WORD.search(line) is not None
        and _FOOT.fullmatch(line.strip()) is not None
    )


def _is_about_author(line: str, draft: Draft) -> bool:
    """Whether a line says what one of the authors is."""
    named = next((name for name in draft.authors if line.startswith(name)), None)
    return named is not None and bool(_OFFICE.fullmatch(line, len(named)))
