"""Month names: the number of a month by its name or its short form, in the languages that papers'
pages and databases have."""

from __future__ import annotations

from presslens.reading.plain_words import plain_word

_NAMES = """
    january jan janvier janv januar janner enero ene janeiro gennaio gen januari stycznia января;
    february feb febr fevrier fevr fev februar feber febrero fevereiro febbraio februari lutego
        февраля;
    march mar mars marz marzo marco maart marca march marts mac maret марта;
    april apr avril avr abril abr aprile kwietnia апреля;
    may mai mayo maio maggio mag mei maj maja мая;
    june jun juin juni junio junho giugno giu czerwca июня;
    july jul juillet juil juli julio julho luglio lug lipca julai июля;
    august aug aout agosto ago augustus augusti sierpnia ogos agustus августа;
    september sep sept septembre septiembre setiembre setembro settembre set wrzesnia сентября;
    october oct octobre okt oktober octubre outubro out ottobre ott pazdziernika октября;
    november nov novembre noviembre novembro listopada ноября;
    december dec decembre dez dezember diciembre dic dezembro dicembre des desember desembre
        grudnia disember декабря
"""
_NUMBERS = {
    name: number for number, names in enumerate(_NAMES.split(";"), 1) for name in names.split()
}


def month_named(name: str) -> int | None:
    """The number of the month that a word names, whatever its case and accents, or None."""
    return _NUMBERS.get(plain_word(name))
