"""Word classes: closed classes of English that the rules lean on, in lower case."""

from __future__ import annotations

BE = frozenset("is are was were am be been being 's 're 'm".split())
HAVE = frozenset("has have had having 've".split())
MODALS = frozenset(
    "will would can could may might must should shall 'd 'll wo ca do does did".split()
)
AUXILIARIES = BE | HAVE | MODALS | {"n't", "not", "to", "never"}
ADVERBS = frozenset(
    "also again later still already just even once often then now first previously reportedly soon "
    "always recently earlier only simply so far long frequently ever further meanwhile".split()
)
POSSESSIVES = frozenset("his her its their our my your".split())
DETERMINERS = frozenset(
    "the a an this these those his her its their our my your no every each another such several "
    "whose what any".split()
)
# Pronouns that are a whole subject, and words that are one or open one ("some officials").
PRONOUNS = frozenset("he she they we i it who which that".split())
SUBJECTS = PRONOUNS | frozenset(
    "you someone somebody anyone anybody everyone nobody everybody many some others both all most "
    "few".split()
)
SUBORDINATORS = frozenset(
    "that which because as when while after before if but or than what where how why although "
    "though since until so whether unless whereas amid despite".split()
)
PREPOSITIONS = frozenset(
    "of in for from at on with by to against between among over under about near around into "
    "during through within without across behind toward towards like outside inside upon beneath "
    "below above beside besides beyond throughout along".split()
)
DAYS = frozenset("monday tuesday wednesday thursday friday saturday sunday".split())
TIMES = DAYS | frozenset(
    "january february march april may june july august september october november december today "
    "yesterday tomorrow tonight morning afternoon evening night week month year earlier later late "
    "early last this next mon. tue. wed. thu. fri. sat. sun. jan. feb. mar. apr. aug. sept. oct. "
    "nov. dec.".split()
)
# Words that begin what a clause tells of its time or place, after a cue verb.
ADVERBIALS = frozenset("when after while as during before".split())

STOPS = frozenset({".", "?", "!", "…", "..."})
DASHES = frozenset({"—", "–", "--", "-"})
BREAKS = DASHES | {";", ":", "(", "["}
QUOTE_MARKS = frozenset({'"', "“", "”", "``", "''", "‘", "’", "'", "«", "»", "„"})
