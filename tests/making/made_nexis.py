"""Nexis exports for tests, as text and as HTML; papers, people and places in them are invented."""

from __future__ import annotations

FERRY = [
    (
        "The ferry between Halden and Sundby will run around the clock from July, its operator said"
        " on Thursday, after nurses and bakers had asked for it for years."
    ),
    '"We heard them," said the director, Kim Solberg, who took a night boat herself last week.',
    "The council of Halden will vote on its share of the money in June.",
]
BAKERS = [
    "Bakers in Sundby sold out of rolls before dawn on Friday, and the guild called it a record.",
    "The mayor, Jo Roe, queued for an hour and left with a single bun and a long face, she said.",
]
WORDS = {"ferry": sum(len(p.split()) for p in FERRY), "bakers": sum(len(p.split()) for p in BAKERS)}


def wrapped(text: str, width: int = 78) -> str:
    lines, line = [], ""
    for word in text.split():
        if len(line) + 1 + len(word) > width:
            lines.append(line)
            line = word
        else:
            line = f"{line} {word}".strip()
    return "\n".join([*lines, line])


def older(*, ferry_words: int = WORDS["ferry"], total: int = 2, cover: str = "1-2") -> str:
    """An export as plain text, its lines wrapped, two documents in it."""
    return f"""


Download Request: Selected Items: {cover}
Time Of Request: Friday, March 20, 2018  16:51:31

Terms: (ferry OR bakers) and LENGTH(>10)


                               1 of {total} DOCUMENTS


                            The Guardian (London)

                         January 11, 2010 Monday
                              Final Edition;
                             Correction Appended

Ferry will run
all night

BYLINE: By KIM McBRIDE, Marine Correspondent and Ana Lima, --(Reuter)

SECTION: HOME NEWS; HARBOUR NOTES; Pg. 12

LENGTH: {ferry_words} words

DATELINE: HALDEN

HIGHLIGHT: Night boats after years of asking by those who work while others sleep

{(chr(10) * 2).join(map(wrapped, FERRY))}

LOAD-DATE: January 12, 2010

LANGUAGE: ENGLISH

GRAPHIC: Dawn at the quay of Sundby

The director on board

CORRECTION-DATE: January 13, 2010

CORRECTION: An earlier report named the wrong quay.

SUBJECT: FERRIES (90%); BAKERIES (55%)

PUBLICATION-TYPE: Newspaper


                     Copyright 2010 Harbour Papers Ltd
                              All Rights Reserved

                               2 of {total} DOCUMENTS


                              SUNDBY ON SUNDAY

                            11. Januar 2010 Montag

DUP: a headline with a colon

LENGTH: {WORDS["bakers"]} words

{(chr(10) * 2).join(map(wrapped, BAKERS))}

LANGUAGE: ENGLISH

                     Copyright 2010 Harbour Papers Ltd
"""


def newer(*, pages: bool = False) -> str:
    """An export of Nexis Uni: paragraphs of a Word document, or a PDF file's with their pages."""
    page = "Page 2 of 3\nFerry will run all night\n" if pages else ""
    return f"""
Date and Time: Friday, 5. July 2019 09:31:00 CEST
Job Number: 00000001
Documents (2)
1. Ferry will run all night
Client/Matter: -None-
Search Terms: ferry
2. Bakers; sold out

Ferry will run all night
The Guardian(London)
July 1, 2019 Monday 9:20 AM GMT

Copyright 2019 Harbour Papers All Rights Reserved

Section:\u00a0POLITICS; Version:28
Length:\u00a0{WORDS["ferry"]} words
Byline:\u00a0Mira Holt (now) and Lisa O'Dell Ferries correspondent
Highlight:\u00a0Night boats after years of asking
Body

{FERRY[0]}
{page}
{FERRY[1]}
Subject: to approval, the boats will be painted red, it said.
{FERRY[2]}
Graphic

Dawn at the quay of Sundby
Classification

Language:\u00a0ENGLISH
Subject:\u00a0FERRIES (90%)
Load-Date:\u00a0July 4, 2019

End of Document

Bakers sold out;Guild of Sundby speaks of a record day
Sundby Post
2 July 2019

Length:\u00a0{WORDS["bakers"]} words
Body

{BAKERS[0]}

{BAKERS[1]}
Load-Date:\u00a0July 4, 2019

End of Document
"""


def part(text: str, label: str = "") -> str:
    bold = f'<SPAN CLASS="c7">{label}: </SPAN>' if label else ""
    return f'<BR><DIV CLASS="c4"><P CLASS="c5">{bold}<SPAN CLASS="c2">{text}</SPAN></P>\n</DIV>\n'


def document(number: int, total: int, title: str, paragraphs: list[str], *fields: str) -> str:
    text = "\n".join(f'<P CLASS="c8"><SPAN CLASS="c2"> {p}</SPAN></P>' for p in paragraphs)
    words = sum(len(p.split()) for p in paragraphs)
    return (
        f'<A NAME="DOC_ID_{number}_0"></A><!-- Hide XML section from browser\n<DOC NUMBER=1>\n'
        f"<DOCFULL> -->\n"
        + part(f"{number} of {total} DOCUMENTS")
        + part("The Irish Times")
        + part('<SPAN CLASS="c6">June</SPAN> 17, 1995, CITY EDITION')
        + part(title)
        + part("By JO O'ROE and MAOL LUNN, --(PA)", "BYLINE")
        + part("FRONT PAGE; Pg. 1", "SECTION")
        + part(f"{words} words", "LENGTH")
        + f'<BR><DIV CLASS="c4">{text}</DIV>\n'
        + "".join(fields)
        + part("June 19, 1995", "LOAD-DATE")
        + part("ENGLISH", "LANGUAGE")
        + part("Copyright 1995 Harbour Papers")
        + "<!-- Hide XML section from browser\n</DOCFULL>\n</DOC> -->\n"
    )


def page(*documents: str, total: int | None = None) -> str:
    count = len(documents) if total is None else total
    return (
        "<HTML>\n<HEAD>\n<STYLE><!--\n.c0 { text-align: center; }\n--></STYLE>\n"
        f'<META TOPIC="null" DOCUMENTS="{count}" UPDATED="Tuesday, November 18, 2014" /></HEAD>\n'
        f"<BODY>\n{''.join(documents)}</BODY></HTML>"
    )


def ferry_page(**options: int) -> str:
    return page(
        document(1, 2, "Ferry will run all night", FERRY, part("Dawn at the quay", "GRAPHIC")),
        document(2, 2, "Bakers sold out<BR>Why the guild of Sundby is glad of the boats", BAKERS),
        **options,
    )
