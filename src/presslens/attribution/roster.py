"""Roster: the speakers of one article, each once, with all that it calls them."""

from __future__ import annotations

from collections.abc import Sequence

from presslens.attribution.cast import Cast
from presslens.attribution.people import load_people
from presslens.attribution.phrases import ACRONYM, DEBATE, EMPLOYER, spelled_out
from presslens.attribution.speaker import Speaker
from presslens.attribution.types import load_types
from presslens.doc import Doc
from presslens.mentions import Mention


class Roster:
    """Speakers by name; those who are named are entered as they are looked up.

    Attributes:
        speakers: all so far, by name.
        acronyms: what the article says that its acronyms stand for.
    """

    def __init__(self, doc: Doc, cast: Cast) -> None:
        self.speakers: dict[str, Speaker] = {}
        self.acronyms = dict(spelled_out(doc.text))
        self._cast = cast
        self._day = doc.article.published
        self._is_debate = bool(DEBATE.search(doc.text))

    def of_mention(self, mention: Mention, text: str) -> Speaker:
        """The speaker who is named here.

        Args:
            mention: their name.
            text: how the source puts it, title and all; empty if it says nothing of them.
        """
        person = mention.label == "person"
        speaker = self.speakers.setdefault(
            mention.entity,
            Speaker(mention.entity, person, True, mention.label == "group"),
        )
        speaker.named, speaker.person = True, speaker.person or person
        if person and not speaker.office:
            speaker.office = load_people().office_of(mention.entity, self._day)
        described = text.replace(mention.text, " ") if person else text or mention.text
        speaker.describe(self.spelled_out([described, *self._cast.called(mention)]))
        speaker.sits = person and self._is_debate
        if person and not speaker.serves:
            speaker.serves = self._employer(speaker)
        if mention.label == "place":
            speaker.hints.append("government")
        return speaker

    def spelled_out(self, descriptions: Sequence[str]) -> list[str]:
        """Descriptions, and the same with acronyms as the article explains them."""
        expanded = (
            ACRONYM.sub(lambda word: self.acronyms.get(word[0], word[0]), text)
            for text in descriptions
        )
        return [*descriptions, *(text for text in expanded if text not in descriptions)]

    def _employer(self, speaker: Speaker) -> Speaker | None:
        """Whom a person speaks for by a description: "a senior adviser to Brandt"."""
        own = speaker.name.split()[-1]
        for text in speaker.descriptions:
            staff = load_types().staff.search(text)
            for words in EMPLOYER.findall(text) if staff else ():
                word = "".join(words)
                known = self._cast.bearers(word)
                if len(known) == 1 and word != own and known[0].entity != speaker.name:
                    return self.of_mention(known[0], "")
        return None
