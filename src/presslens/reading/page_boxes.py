"""Page boxes: takes out of a parsed page what stands between the paragraphs and is no text of them.

Captions, posts of networks, boxes of links and subscriptions, and links to other stories that are
put into a paragraph.
"""

from __future__ import annotations

import re
from collections import Counter
from itertools import islice
from typing import Any

from presslens.reading.cleaning import mend_line
from presslens.reading.lines import classify
from presslens.reading.page import texts

# Posts of social networks in the text, which are whole articles of others to an extractor.
_EMBEDDED = re.compile(
    r"\b(?:twitter-(?:tweet|video)|instagram-media|tiktok-embed|bluesky-embed|reddit-(?:card|embed)"
    r"|fb-(?:post|video)|threads-embed|text-post-media)\b"
)
# Elements of AMP that hold no text of the article; amp-img and amp-accordion may.
_AMP = re.compile(
    r"amp-(?:ad|embed|auto-ads|sticky-ad|consent|user-notification|sidebar|social-share|list|form"
    r"|next-page|recommendation|subscriptions|web-push\S*|iframe|video\S*|audio|youtube|twitter"
    r"|instagram|facebook\S*|tiktok|reddit|gist|pinterest|vimeo|dailymotion|brightcove|jwplayer"
    r"|apester-media|playbuzz)$"
)
_CAPTION = re.compile(r"caption(?:$|[\s_-])", re.IGNORECASE)
_CAPTION_WORDS = 80
# Boxes between the paragraphs; class names that say so are given to whole articles too.
_BOX = re.compile(
    r"(?:^|[\s_-])(?:newsletters?|related|recirc\w*|read-?(?:more|also|next)|most-?(?:read|popular)"
    r"|trending|promo\w*|info-?box|comments?|share|sharing|social|cookies?|author-?bio|about-?author"
    r"|taboola|outbrain|sponsored|donat\w+|sign-?up|subscribe|advert\w*|inline-?links"
    r"|pay-?wall|regwall|up-?next)(?:$|[\s_-])",
    re.IGNORECASE,
)
_BOX_TAGS = ("aside", "div", "section", "ul", "form", "details")
_BOX_WORDS = 150
_BOX_SHARE = 0.2
# What surrounds a form for an e-mail address: a heading and a sentence or two.
_FORM_WORDS = 60
# Pages have some hundred links.
_MAX_LINKS = 3_000
_LEAD_LENGTH = 60
_LEAD = re.compile(
    r"[\s(\[|–—-]*(?:read|also read|read (?:more|also|next)|see also|related|more|must read)"
    r"\s*:\s*$",
    re.IGNORECASE,
)
_LABEL = re.compile(r"\W*(?:read|also|see|more|related|must|recommended|don)\b", re.IGNORECASE)


def take_captions(tree: Any) -> list[str]:
    """The captions of pictures, taken out of the page."""
    nodes = [node for node in tree.iter("figcaption", "p", "div", "span", "small", "amp-caption")
             if node.tag == "figcaption" or _CAPTION.search(node.get("class") or "")]  # fmt: skip
    found: list[str] = []
    for node in nodes:
        lines = texts([node])
        if lines and len(lines[0].split()) <= _CAPTION_WORDS:
            found += lines
            _drop(node)
    return list(dict.fromkeys(found))


def drop_boxes(tree: Any) -> None:
    """Takes out posts of networks, forms for newsletters and small boxes that say what they are."""
    for node in list(tree.iter()):
        if _is_embedded(node):
            _drop(node)
    _drop_forms(tree)
    boxes = [node for node in tree.iter(*_BOX_TAGS) if _BOX.search(_naming(node))]
    whole = _words_in_paragraphs(tree) if boxes else 0
    words = [len(node.text_content().split()) for node in boxes]
    # What wraps each paragraph of an article by the same name is no box, small as each one is.
    alike: Counter[str] = Counter()
    for node, count in zip(boxes, words, strict=True):
        alike[_naming(node)] += count
    for node, count in zip(boxes, words, strict=True):
        small = count <= _BOX_WORDS and alike[_naming(node)] <= _BOX_SHARE * whole
        if small and node.find(".//h1") is None:
            _drop(node)


def take_inline_links(tree: Any) -> list[str]:
    """The titles of other stories that stand as links within paragraphs, taken out with what
    announces them: "… he said. (Read more: The night boat)"."""
    found = []
    for link in list(islice(tree.iter("a"), _MAX_LINKS)):
        paragraph = link.getparent()
        if paragraph is None or paragraph.tag not in {"p", "strong", "b", "em", "i", "span"}:
            continue
        title = mend_line(link.text_content()) or ""
        before = _text_before(link)
        lead = _LEAD.search(before, max(len(before) - _LEAD_LENGTH, 0))
        if lead and before[: lead.start()].strip():
            _set_text_before(link, before[: lead.start()])
            link.tail = (link.tail or "").lstrip(" )]")
        elif not (before.strip() and _LABEL.match(title) and _is_related(title)):
            continue
        line = classify(title)
        found.append(line.content if line and line.kind == "related" else title)
        _drop(link)
    return [title for title in found if title]


def _is_related(title: str) -> bool:
    line = classify(title)
    return line is not None and line.kind == "related"


def _text_before(node: Any) -> str:
    """The text right before an element, within its parent."""
    previous = node.getprevious()
    return (previous.tail if previous is not None else node.getparent().text) or ""


def _set_text_before(node: Any, text: str) -> None:
    previous = node.getprevious()
    if previous is not None:
        previous.tail = text
    else:
        node.getparent().text = text


def _is_embedded(node: Any) -> bool:
    tag = str(node.tag)
    if tag.startswith("amp-"):
        return bool(_AMP.match(tag))
    return tag in {"blockquote", "div"} and bool(_EMBEDDED.search(node.get("class") or ""))


def _drop_forms(tree: Any) -> None:
    """Takes out forms that ask for an e-mail address, with what little stands around each."""
    for form in list(tree.iter("form")):
        fields = form.iter("input")
        if not any("mail" in f"{n.get('type')} {n.get('name')} {n.get('placeholder')}".lower()
                   for n in fields):  # fmt: skip
            continue
        box = form
        for above in form.iterancestors("div", "section", "aside"):
            if len(above.text_content().split()) > _FORM_WORDS or above.find(".//h1") is not None:
                break
            box = above
        _drop(box)


def _words_in_paragraphs(tree: Any) -> int:
    return sum(len((p.text_content() or "").split()) for p in tree.iter("p"))


def _naming(node: Any) -> str:
    return f"{node.get('class') or ''} {node.get('id') or ''}"


def _drop(node: Any) -> None:
    """Removes an element but not the text after it."""
    if node.getparent() is not None:
        node.drop_tree()
