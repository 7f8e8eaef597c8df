"""Lines: what a line of a dump or a page is, if it is not a part of the article's text."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Literal, NamedTuple

Kind = Literal["caption", "photo credit", "related", "notice", "credit", "correction", "end"]


class Line(NamedTuple):
    """What a line is, and what of it is worth keeping (the link's title, the agency's name).

    `links` is how many titles of other stories may follow a heading such as "Related stories".
    """

    kind: Kind
    content: str
    links: int = 0


_FLAGS = re.IGNORECASE

# Signs of the end that agencies and editors type.
_END = re.compile(r"\W*(?:enditem|ends?|/ends?|(?:-\s?)?30(?:\s?-)?|#{2,}|\*{3,}|■|∎)\W*", _FLAGS)
_LONGEST_MARK = 20
_END_MARKS = re.compile(r"[\[(/-]*(?:enditem|ends?|-\s?30\s?-|#{2,}|\*{3,}|■|∎)[\])/-]*", _FLAGS)

_PICTURE = (
    r"(?:photos?|pictures?|images?|pics?|photographs?|photo(?:grapher)?|illustrations?|graphics?"
    r"|infographics?|video|screenshot|footage)"
)
_CREDITED = rf"{_PICTURE}\s*(?:credits?|source|courtesy(?: of)?|supplied|by|via)?"
_CAPTIONS = (
    # "Photo: Ana Lima", "Image credit: NASA", "Picture by J. Doe", "Caption: The bridge"
    re.compile(rf"[\[(]?(?:file\s+)?{_CREDITED}\s*[:/|].{{0,400}}", _FLAGS),
    re.compile(r"[\[(]?(?:caption|(?:video|screen|frame) ?grab)\s*[:|].{1,400}", _FLAGS),
    re.compile(
        r"[\[(]?(?:photos?|pictures?|images?) (?:by|courtesy of) [^.]{2,60}\.?[\])]?", _FLAGS
    ),
    # "FILE PHOTO: …", "FILE - …", "In this undated handout photo, …"
    re.compile(
        r"(?:FILE(?: PHOTO| PIC| PICTURE| IMAGE)?|File photo|File picture)\s*[:–—-].{3,500}"
    ),
    re.compile(
        r"(?:in )?this (?:\w+[, ]+){0,3}(?:handout |file |undated )?(?:photo(?:graph)?|image)"
        r"\b.{0,60}\b(?:taken|released|provided|shows?)\b.{3,300}",
        _FLAGS,
    ),
    re.compile(r"!\[[^\]]*\]\([^)]*\).*|\[/?PHOTO\].*"),
)


class _Ending(NamedTuple):
    """How captions end, and what is quicker to ask first.

    `within` are signs of which a line has one, `last` what it ends in, in lower case, but for
    brackets and full stops; empty if the form says neither.
    """

    within: str
    last: tuple[str, ...]
    form: re.Pattern[str]


# Captions that show by their end; looked for only where the end has one of these words in it.
_CAPTION_ENDS = (
    # "… earlier this month. Photo: Bloomberg", "… [photo/Xinhua]", "… (Photo by J. Doe)"; in the
    # open the label must have its capital, or "he said in a video: …" would be a caption
    _Ending(
        ":/",
        (),
        re.compile(
            r".{3,400}[\s|–—-](?:Photo|PHOTO|Picture|PICTURE|Image|IMAGE|Pic|PIC|Photograph"
            r"|Illustration|Graphic|Credit|CREDIT)s?"
            r"(?: (?i:credits?|source|courtesy|by))?\s*[:/]\s*[^.!?]{2,70}\.?[\])]?"
        ),
    ),
    _Ending(
        "([",
        (),
        re.compile(
            rf".{{3,400}}[\[(](?:file\s+)?{_PICTURE}\s*(?:by|courtesy(?: of)?|credits?|source)?"
            r"(?:\s*[:/]|\s)\s*[^\])]{2,70}[\])]\.?",
            _FLAGS,
        ),
    ),
    # "… Video grab", "… Port authority handout", "… (Reuters file photo)"
    _Ending(
        "",
        tuple("photo picture image pic grab still shot capture handout supplied".split()),
        re.compile(
            r".{0,400}(?:^|[.;)\]|/]\s*|\s[–—-]\s*"
            r"|[\[(]\s*)(?:[A-Z][\w&'’./-]*\s(?:[\w&'’./-]+\s){0,3})?"
            r"(?i:file (?:photo|picture|image|pic)|library (?:photo|picture)|video (?:grab|still)"
            r"|screen ?(?:grab|shot|capture)|frame grab|handout(?: photo)?"
            r"|courtesy (?:photo|picture|image)|stock (?:photo|image)|supplied photo|archive photo"
            r"|supplied|photo|pic|picture)(?:[\])]\.?)?"
        ),
    ),
    # "… REUTERS/Ana Lima", "… | AFP", "… via Getty Images"
    _Ending(
        "/",
        (),
        re.compile(
            r".{3,400}\b(?i:reuters|afp|ap photo|ap|epa(?:-efe)?|getty(?: images)?"
            r"|anadolu(?: agency)?|xinhua|ani|pti|shutterstock|bloomberg|nurphoto)"
            r"\s?/\s?[A-ZÀ-Þ][^.!?]{2,50}[\])]?\.?"
        ),
    ),
    _Ending(
        "",
        ("reuters", "afp", "ap", "images", "shutterstock", "photo"),
        re.compile(
            r".{0,400}(?:^|\bvia\s+|[|/(:©]\s*)(?:reuters|afp|ap|getty images|shutterstock"
            r"|istock ?photo)[\])]?\.?",
            _FLAGS,
        ),
    ),
)
_ENDINGS = (
    "photo", "pic", "image", "illustration", "graphic", "credit", "screen", "grab", "still",
    "handout", "supplied", "reuters", "afp", "ap", "epa", "getty", "anadolu", "xinhua", "ani",
    "pti", "stock", "bloomberg",
)  # fmt: skip
_END_LENGTH = 130
_CAPTION_WORDS = 60
# A photographer's credit alone, under a caption that says nothing of a photo.
_PHOTO_CREDIT = re.compile(
    rf"(?:©|\(c\)\s|{_CREDITED}\s*[:/])\s*(?:\S+\s+){{0,7}}\S+|(?:image|photo|picture) credits?",
    _FLAGS,
)

_LABEL = (
    r"(?:related(?: (?:article|story|stories|news|posts?|content|coverage|links?|reading|video))?s?"
    r"|(?:also|must|further|suggested|recommended)[ -]?read(?:ing|s)?"
    r"|read (?:more|also|next|too|related|here|on|the full (?:story|article)|full (?:story"
    r"|article))"
    r"|see (?:also|more|related)|more (?:on|from) [\w'’ -]{2,40}?|more(?: news| stories| coverage)?"
    r"|recommended(?: for you| stories)?|don['’]t miss|you (?:may|might) (?:also )?(?:like|enjoy"
    r"|be interested in)|watch(?: also| now| live| more| the video)?|listen(?: now| also)?"
    r"|editor['’]?s['’]? (?:picks?|choice)|most (?:read|popular|viewed)|trending(?: now| stories)?"
    r"|up next|what to read next|latest (?:news|stories)|popular (?:stories|posts)"
    r"|mehr zum thema|lesen sie auch|(?:à )?lire aussi|lea tambi[eé]n|leia tamb[eé]m|leggi anche"
    r"|lees ook|l[aæä]s (?:også|också|mere)|previous (?:article|story|post)"
    r"|next (?:article|story|post)|in case you missed it|icymi)"
)
_OPEN = r"[\[(•*>»→►▶|–—\s-]*"
_RELATED = re.compile(
    rf"{_OPEN}{_LABEL}\s*(?::|\||>+|»+|→|–|—|\s-\s|…|\.{{3}})\s*(?P<rest>.*?)[\])]?", _FLAGS
)
_RELATED_BARE = re.compile(rf"{_OPEN}{_LABEL}\s*(?:about this|on this)?[.…>»→]*", _FLAGS)
_RELATED_CAPS = re.compile(
    r"(?:ALSO READ|READ ALSO|READ MORE|SEE ALSO|RELATED|MUST READ|Also Read|Read Also|Must Read)"
    r"\s+(?!(?:STORIES|ARTICLES?|NEWS|COVERAGE|TOPICS?|CONTENT|VIDEOS?|LINKS?|POSTS?)\b)"
    r"(?P<rest>[\"“‘']?[A-Z0-9].*[^.])"
)
# "Read more" alone is a link; a heading with a colon or in the plural has links under it.
_LIST_HEADING = re.compile(
    r"ies\b|s\b|\b(?:recommended|trending|popular|most|like|next|miss)\b", _FLAGS
)
_LINKS_AFTER_COLON = 2
_LINKS_IN_LIST = 8
# The longest that a link's title gets; a paragraph that opens like a label is longer.
_RELATED_WORDS = 40

_SHARE_CORE = frozenset({
    "share", "shares", "shared", "tweet", "tweets", "facebook", "twitter", "whatsapp", "linkedin",
    "reddit", "telegram", "pinterest", "messenger", "flipboard", "pocket", "print", "email",
    "e-mail", "instagram", "youtube", "tiktok", "threads", "bluesky", "weibo", "wechat", "copy",
    "bookmark", "x", "fb", "viber", "line", "sms", "rss",
})  # fmt: skip
_SHARE_MORE = frozenset({
    "this", "the", "article", "story", "post", "page", "news", "on", "via", "by", "to", "with",
    "link", "url", "and", "or", "your", "friends", "pin", "save", "it", "mail", "send", "more",
    "comment", "comments", "like", "likes", "follow", "us", "add", "a", "for", "later", "button",
    "click", "here", "opens", "in", "new", "window", "icon", "buttons", "social", "media",
    "stumbleupon", "tumblr", "google", "plus", "news.", "+",
})  # fmt: skip
_SHARE_LENGTH = 120
_NOTICES = (
    re.compile(
        r"\W*(?:advertise?ments?|sponsored(?: content| post)?|promoted(?: content)?|ads? by \w+"
        r"|(?:advertisement\W+)?scroll to continue|(?:story|article) continues? (?:below"
        r"|after)[\w ]*"
        r"|continue reading[\w ]*|skip (?:to|past|advert|ad)[\w ]*|back to top|toggle navigation"
        r"|menu|close"
        r"|search|home|log ?in|sign (?:in|out)|register|subscribe(?: now| today)?|donate(?: now)?"
        r"|comments?(?: \(?\d+\)?)?|\d+ comments?|(?:leave|post|add|write) a (?:comment|reply)"
        r"|\(?\d+ ?(?:-|–)?\s?min(?:ute)?s?(?: to)? (?:read|listen)(?: time)?\)?|reading time\W.*"
        r"|(?:accept|reject|manage)(?: all)?(?: cookies)?|cookie (?:settings|policy|preferences)"
        r"|privacy policy|terms (?:of (?:use|service)|and conditions)|all rights reserved"
        r"|loading|play(?: video)?|pause|mute|live|breaking(?: news)?|exclusive|premium"
        r"|the \w+ channel"
        r"|listen to (?:this|the) (?:article|story).*|audio version.*|font size.*|text size.*"
        r"|a{2,3}\+?"
        r"|\d[\d.,]*k? (?:views?|shares?|reads?|likes?)|e-?paper)\W*",
        _FLAGS,
    ),
    re.compile(
        r"\W*(?:sign up (?:for|to|here|now|today)|subscribe (?:to|for|now|here|today)"
        r"|follow (?:us|our)"
        r"|join (?:us on|our|the [\w ]{0,30}(?:channel|group|newsletter))|click (?:here|on)"
        r"|tap here"
        r"|download (?:our|the [\w ]{0,30}app)|get (?:our|the (?:latest|best|top"
        r"|day['’]s) [\w ,']{0,60}"
        r"(?:inbox|newsletter|alerts?))|stay (?:informed|up to date|ahead of|connected|tuned)"
        r"|support (?:our|independent|quality) (?:journalism|news|reporting|media)"
        r"|become a (?:member|subscriber|supporter|patron)|already (?:a|have an?) (?:subscriber"
        r"|member"
        r"|account|registered)|to (?:continue|keep) reading|you have (?:reached|read) (?:your|\d)"
        r"|this (?:content|article|story) is (?:only )?(?:available|exclusive|for) (?:to "
        r"|for )?(?:our )?"
        r"(?:subscribers|members|premium)|please (?:log|sign|enable|disable|subscribe|turn"
        r"|whitelist)"
        r"|(?:enter|type) your e-?mail|we['’]ll send you|unsubscribe|thank(?:s"
        r"| you) for (?:reading|subscribing"
        r"|signing)|enjoy(?:ed|ing)? (?:this|reading)|like (?:us|our page) on|find us on|visit our"
        r"|send (?:us )?(?:your )?(?:news )?tips?|(?:do you )?have (?:a|any) (?:news )?(?:tip"
        r"|story)"
        r"|got a (?:tip|story|news)|to advertise|for (?:the latest|more (?:news|stories"
        r"|information|on"
        r"|details|updates))[\w ,'’]{0,60}(?:visit|follow|click|go to|subscribe|sign|contact"
        r"|call|log)"
        r"|(?:the )?(?:views?|opinions?) (?:and opinions )?(?:expressed|in th)"
        r"|(?:powered|hosted) by|disclaimer\s*:|by (?:continuing|clicking|using|signing"
        r"|subscribing|proceeding)"
        r"[\w ,'’]{0,60}(?:agree|accept|consent))\b.*",
        _FLAGS,
    ),
    re.compile(
        r"(?:(?:we|this (?:web)?site|our (?:web)?site|our partners"
        r"|we and our partners)\b.{0,80}\bcookies?\b"
        r"|accept (?:all )?cookies|cookies? (?:help|allow|enable|are used|consent|notice)"
        r"|your privacy\b).*",
        _FLAGS,
    ),
    re.compile(r"\W*(?:copyright|©|\(c\))\s*(?:©|\(c\))?\s*(?:19|20)\d\d\b.*", _FLAGS),
    re.compile(
        r"(?:tags?|topics?|filed under|keywords?|categor(?:y|ies)|labels?|hashtags?)\s*[:|].*",
        _FLAGS,
    ),
    re.compile(r"(?:posted|filed|published) (?:in|under)\s*:?\s*[\w &,/]{2,40}", _FLAGS),
    re.compile(
        r"(?:e-?mail|contact|write to|reach|follow)\b.*(?:[\w.]@[\w-]+\.\w|\s@\w+).*", _FLAGS
    ),
    re.compile(r"\S+@[\w-]+\.[\w.]+|@\w{2,30}|(?:#\w+\s*)+"),
    re.compile(r"[\W_]+"),
)
# A paragraph that happens to open like a notice is longer, or has a quotation in it.
_NOTICE_WORDS = 60
_QUOTATION = re.compile(r"[“\"][^“”\"]{15,}[”\"]")

_STORY = r"this (?:story|article|piece|dispatch|text|interview|commentary|op-ed)"
_NAMES = r"(?:the )?[A-ZÀ-Þ][\w.&'’/-]*(?:[ ,/&]+(?:and |the |in )*[A-ZÀ-Þ][\w.&'’/-]*){0,7}"
# "AFP contributed reporting.", "Ana Lima in Port Alma contributed to this report."
_CONTRIBUTED = re.compile(
    r".{2,160}?\b(?:contributed|assisted)(?: (?:to|in|with))?(?: (?:this|the|additional))?"
    r" (?:reporting|report|story|article|research)(?: (?i:from|in|on|for"
    r"|to)\b[\w ,.]{2,60})?\.?",
    _FLAGS,
)
_CREDITS = (
    # "Reporting by Ana Lima in Alma; Editing by Jo Roe", "(Compiled by Jo Roe)": names and small
    # words alone, or "Produced by Ana Lima, the film tells …" would be one
    re.compile(
        r"(?i:(?:additional |with |extra )?(?:reporting|writing|editing|research|translation"
        r"|text|story"
        r"|compiled|edited|translated|reported|produced|adapted)(?: and (?:writing|editing"
        r"|reporting))?"
        r"(?: contributed)? by) (?:the )?[A-ZÀ-Þ][^\s;,]*"
        r"(?:[\s;,&./]+(?:[A-ZÀ-Þ][^\s;,]*|and|in|at|of|for|the|by|with|from|to|de|da|van|von"
        r"|bin|al"
        r"|(?:additional )?(?:reporting|writing|editing|graphics|translation)|staff"
        r"|correspondents?))*\W*"
    ),
    # "With inputs from PTI", "(With agencies)"
    re.compile(
        r"(?i:with|includes?) (?i:(?:an? )?(?:additional )?(?:inputs?|files?|reporting"
        r"|contributions?"
        r"|agency inputs?"
        rf"|reports?|material|information)) (?i:from|by) (?:{_NAMES}|(?:news )?(?:agencies"
        rf"|wires))\.?"
    ),
    re.compile(
        r"(?:with|from)?\s*(?:our correspondents?|agenc(?:y|ies)|wires?|wire (?:services|reports)"
        r"|news agencies|ap|afp|reuters)(?: reports| inputs)?\.?",
        _FLAGS,
    ),
    # "This story was first published by …", "(This article was compiled from reports by …)"
    re.compile(
        rf"{_STORY} (?:was|is|has been|first|originally)\b.{{0,60}}\b(?:compiled|produced"
        rf"|written|published"
        r"|appeared|provided|translated|syndicated|supplied|adapted|republished)\b.{0,200}"
        r"|this report (?:was|is|has been) (?:compiled|produced|translated|written)\b.{0,200}"
        r"|(?:this report|the (?:article|story)) (?:was )?(?:first|originally) (?:published"
        r"|appeared)\b.{0,200}",
        _FLAGS,
    ),
    re.compile(r"(?:source|agency|agencies|credits?)\s*:\s*[^.]{2,80}\.?", _FLAGS),
    re.compile(
        r"(?:the (?:writer|author)|[A-ZÀ-Þ][\w.'’ -]{3,40}) (?:is|was) (?:speaking"
        r"|talking) to\b.{3,100}"
    ),
    re.compile(r"[—–-]\s*(?:the (?:author|writer) is|translated)\b.{3,150}", _FLAGS),
)
_CREDIT_WORDS = 45
_CORRECTION = re.compile(
    r"\W{0,2}(?:corrections?(?: and clarifications?)?|clarification|editor['’]?s['’]? note"
    r"|erratum|amendment"
    r"|update)\s*(?:\([^)]*\)|,? [\w ,.]{3,25})?\s*[:–—|-]\s*.+"
    r"|\W{0,2}this (?:story|article|report|piece|headline) (?:was|has been) (?:amended|corrected"
    r"|updated"
    r"|revised|changed|edited)\b.*|\W{0,2}an earlier version of this\b.*",
    _FLAGS,
)


def _any_of(patterns: tuple[re.Pattern[str], ...]) -> re.Pattern[str]:
    """One pattern for several, which is quicker than one after the other."""
    cased = (f"(?{'i' * bool(each.flags & _FLAGS)}:{each.pattern})" for each in patterns)
    return re.compile("|".join(cased))


_ANY_CAPTION, _ANY_NOTICE, _ANY_CREDIT = map(_any_of, (_CAPTIONS, _NOTICES, _CREDITS))

# The longest headlines that we saw have 25 words.
_TITLE_WORDS = 26
_TITLE_LENGTH = 200
_CLOSING = "\"”’'»)]"
_NO_TITLE_END = re.compile(r"[.:;,][\"”’'»)\]]*$")
_SENTENCE_WITHIN = re.compile(r"[a-z]{3}\.[\"”’']?\s+[A-Z]")
_LIST_ITEM = re.compile(r"[•◦▪*·–—-]\s|\d+[.)]\s")
_INITIAL_AT_END = re.compile(r"(?:\b[A-Z]\.)+$|\.{3}$")


# "The dam from the air. Eastern Basin Commission": a sentence, then a name with no full stop; the
# word before the stop is long enough to be no "Dr." or "v."
_CREDIT_AFTER_SENTENCE = re.compile(
    r".{10,400}[a-z]{3}[.!?][\"”’)]*\s+[A-ZÀ-Þ][\w&'’/-]*(?: (?:[A-ZÀ-Þ][\w&'’/-]*|of|for|the|and|&"
    r"|de|van|von)){0,5}"
)


# What text ends in and names don't.
_TEXT_ENDS = (".", "!", "?", "…", '"', "”", ")", "]", ":", ";", ",")


def ends_in_credit(line: str) -> bool:
    """Whether a short line has a name and no full stop behind its last sentence, as captions do."""
    if line.endswith(_TEXT_ENDS):
        return False  # which is quick, and the rule
    return len(line.split()) <= _CAPTION_WORDS and bool(_CREDIT_AFTER_SENTENCE.fullmatch(line))


# A line that is longer is text, whatever it looks like.
_LONGEST = 1500


@lru_cache(maxsize=1024)
def classify(line: str) -> Line | None:
    """What a line is besides text, or None for text; it needs nothing but the line."""
    if len(line) > _LONGEST:
        return None
    words = len(line.split())
    if _END.fullmatch(line):
        return Line("end", "")
    if _CORRECTION.fullmatch(line):
        return Line("correction", line)
    if related := _related(line, words):
        return related
    if _is_share(line) or (words <= _NOTICE_WORDS and _is_notice(line)):
        return Line("notice", line)
    if words <= _CREDIT_WORDS and (credit := _credit(line)):
        return Line("credit", credit)
    if _PHOTO_CREDIT.fullmatch(line):
        return Line("photo credit", line)
    return Line("caption", line) if words <= _CAPTION_WORDS and _is_caption(line) else None


def ends_sentence(line: str) -> bool:
    """Whether a line ends as a sentence does, quotation marks and brackets aside."""
    return line.rstrip(_CLOSING).endswith((".", "!", "?", "…"))


def reads_like_a_title(line: str) -> bool:
    """Whether a line is short and ends without a full stop, as headlines and subheads do."""
    return (
        len(line) <= _TITLE_LENGTH
        and 2 <= len(line.split()) <= _TITLE_WORDS
        and not _NO_TITLE_END.search(_INITIAL_AT_END.sub("", line))
        and not _SENTENCE_WITHIN.search(line)
        and not _LIST_ITEM.match(line)
    )


def strip_end_mark(paragraph: str) -> str:
    """The paragraph without a sign of the end ("Enditem", "###") after its last sentence."""
    head, _, last = paragraph.rpartition(" ")
    if len(last) > _LONGEST_MARK:
        return paragraph
    return (
        head.rstrip() if _END_MARKS.fullmatch(last) and ends_sentence(head.rstrip()) else paragraph
    )


def _related(line: str, words: int) -> Line | None:
    if words > _RELATED_WORDS:
        return None
    if match := _RELATED.fullmatch(line) or _RELATED_CAPS.fullmatch(line):
        rest = match["rest"].strip()
        return Line("related", rest, 0 if rest else _LINKS_AFTER_COLON)
    if not _RELATED_BARE.fullmatch(line):
        return None
    return Line("related", "", _LINKS_IN_LIST if _LIST_HEADING.search(line) else 0)


def _is_share(line: str) -> bool:
    if len(line) > _SHARE_LENGTH:
        return False
    words = [word.strip(".,:;!|()[]·•/-+") for word in line.lower().replace("/", " ").split()]
    words = [word for word in words if word and not word.isdigit()]
    known = all(word in _SHARE_CORE or word in _SHARE_MORE for word in words)
    return known and any(word in _SHARE_CORE for word in words)


def _is_notice(line: str) -> bool:
    found = line.endswith(("ights reserved", "ights reserved.", "IGHTS RESERVED")) or bool(
        _ANY_NOTICE.fullmatch(line)
    )
    return found and not _QUOTATION.search(line)


def _credit(line: str) -> str | None:
    bare = line.strip("()[] *_")
    contributed = "contributed" in bare or "assisted" in bare
    if contributed and _CONTRIBUTED.fullmatch(bare):
        return bare
    return bare if _ANY_CREDIT.fullmatch(bare) else None


def _is_caption(line: str) -> bool:
    if _ANY_CAPTION.fullmatch(line):
        return True
    end = line[-_END_LENGTH:].lower()
    last = end.rstrip(".)]")
    forms = [
        ending.form
        for ending in _CAPTION_ENDS
        if any(map(line.__contains__, ending.within))
        or (ending.last and last.endswith(ending.last))
    ]
    if not forms or not any(map(end.__contains__, _ENDINGS)):
        return False
    return any(form.fullmatch(line) for form in forms)
