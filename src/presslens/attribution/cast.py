"""Cast: whom an article names, looked up by place, by surname and by what they are called."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence

from presslens.attribution.phrases import NO_NAME
from presslens.doc import Doc
from presslens.mentions import Label, Mention
from presslens.spans import Span, SpanIndex


class Cast:
    """The mentions of one article, in the order of the text."""

    def __init__(self, doc: Doc, mentions: Sequence[Mention]) -> None:
        self.mentions = mentions
        self._doc = doc
        self._places = SpanIndex([mention.span for mention in mentions])
        self._called: dict[str, list[str]] = {}
        self._bearers: dict[str, dict[str, Mention]] = {}
        for mention in mentions:
            self._called.setdefault(mention.entity, []).extend(mention.labels)
            if mention.label == "person" and " " in mention.entity:
                surname = mention.entity.casefold().split()[-1]
                self._bearers.setdefault(surname, {}).setdefault(mention.entity, mention)

    def called(self, mention: Mention) -> Sequence[str]:
        """All titles and descriptions that stand beside a name, anywhere in the article."""
        return self._called.get(mention.entity, ())

    def bearers(self, surname: str) -> list[Mention]:
        """The persons of a surname, each where their full name stands first."""
        return [*self._bearers.get(surname.casefold(), {}).values()]

    def inside(self, span: Span) -> list[Mention]:
        """The mentions that lie wholly in a stretch, in order."""
        near = (self.mentions[number] for number in self._places.numbers(span))
        return [mention for mention in near if span.contains(mention.span)]

    def persons_before(self, span: Span) -> Iterator[Mention]:
        """The persons named before a stretch, the nearest first."""
        return self.named_before(span, "person")

    def named_before(self, span: Span, label: Label) -> Iterator[Mention]:
        """The mentions of a kind before a stretch, the nearest first."""
        last = bisect_right(self.mentions, span.start, key=lambda mention: mention.span.end)
        before = (self.mentions[number] for number in range(last - 1, -1, -1))
        return (mention for mention in before if mention.label == label)

    def ends_with_body(self, span: Span) -> bool:
        """Whether a stretch ends with the name of a body: "the Washington Post"."""
        bodies = [mention for mention in self.inside(span) if mention.label == "organisation"]
        return bool(bodies) and not self._doc.text[bodies[-1].span.end : span.end].strip(NO_NAME)

    def owns(self, mention: Mention) -> bool:
        """Whether a name is only a possessor: "Trufanov's mother"."""
        after = self._doc.text[mention.span.end : mention.span.end + 3]
        return after[:2] in {"'s", "’s"} and after[2:].isspace()
