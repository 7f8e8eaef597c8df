"""Language names: the code of a language by its name in the languages of databases' interfaces."""

from __future__ import annotations

import re

from presslens.reading.plain_words import plain_word

_LANGUAGES = {
    "en": "english anglais englisch ingles inglese engels engelska engelsk angielski английский"
    " 英語 英语 英文",
    "fr": "french francais franzosisch frances francese frans franska fransk francuski французский",
    "de": "german allemand deutsch aleman tedesco alemao duits tyska tysk niemiecki немецкий",
    "es": "spanish espagnol spanisch espanol castellano spagnolo espanhol spaans spanska hiszpanski"
    " испанский",
    "it": "italian italien italienisch italiano italiaans italienska wloski итальянский",
    "pt": "portuguese portugais portugiesisch portugues portoghese portugees portugalski"
    " португальский",
    "nl": "dutch neerlandais niederlandisch neerlandes holandes olandese nederlands",
    "ru": "russian russe russisch ruso russo rosyjski русский",
    "pl": "polish polonais polnisch polaco polacco polski",
    "sv": "swedish suedois schwedisch sueco svedese svenska",
    "da": "danish danois danisch danes danese dansk",
    "no": "norwegian norvegien norwegisch noruego norvegese norsk",
    "fi": "finnish finnois finnisch fines finlandese suomi",
    "tr": "turkish turc turkisch turco turkce",
    "ar": "arabic arabe arabisch arabo العربية",
    "ja": "japanese japonais japanisch japones giapponese 日本語",
    "ko": "korean coreen koreanisch coreano 한국어",
    "cs": "czech tcheque tschechisch checo ceco cestina",
    "hu": "hungarian hongrois ungarisch hungaro ungherese magyar",
    "id": "indonesian indonesien indonesisch indonesio bahasa",
    "ms": "malay malais malaiisch malayo",
    "ca": "catalan katalanisch catala",
    "el": "greek grec griechisch griego greco",
    "he": "hebrew hebreu hebraisch hebreo",
    "vi": "vietnamese vietnamien vietnamesisch",
    "th": "thai thailandais",
    "ro": "romanian roumain rumanisch rumano romana",
    "bg": "bulgarian bulgare bulgarisch",
    "sk": "slovak slovaque slowakisch",
    "uk": "ukrainian ukrainien ukrainisch",
    "zh": "chinese chinois chinesisch chino cinese 中文",
}
_CODES = {name: code for code, names in _LANGUAGES.items() for name in names.split()}
# ISO 639-2 has two codes for some languages, and libraries use both.
_OF_THREE = {
    long: code
    for code, longs in {
        "en": "eng", "fr": "fra fre", "de": "deu ger", "es": "spa", "it": "ita", "pt": "por",
        "nl": "nld dut", "ru": "rus", "pl": "pol", "sv": "swe", "da": "dan", "no": "nor",
        "nb": "nob", "nn": "nno", "fi": "fin", "tr": "tur", "ar": "ara arb", "ja": "jpn",
        "ko": "kor", "cs": "ces cze", "hu": "hun", "id": "ind", "ms": "msa may zsm", "ca": "cat",
        "el": "ell gre", "he": "heb", "vi": "vie", "th": "tha", "ro": "ron rum", "bg": "bul",
        "sk": "slk slo", "sl": "slv", "uk": "ukr", "zh": "zho chi cmn", "hr": "hrv", "sr": "srp",
        "bs": "bos", "mk": "mkd mac", "sq": "sqi alb", "et": "est", "lv": "lav lvs", "lt": "lit",
        "is": "isl ice", "ga": "gle", "cy": "cym wel", "eu": "eus baq", "gl": "glg",
        "hi": "hin", "bn": "ben", "ur": "urd", "ta": "tam", "te": "tel", "mr": "mar", "gu": "guj",
        "pa": "pan", "ml": "mal", "kn": "kan", "fa": "fas per pes", "tl": "tgl", "sw": "swa swh",
        "af": "afr", "am": "amh", "be": "bel", "ka": "kat geo", "hy": "hye arm", "kk": "kaz",
    }.items()
    for long in longs.split()
}  # fmt: skip
# "Chinese - Simplified", "Chinese (Traditional)", "Portuguese-Brazil", "Bahasa Indonesia"; but
# "English edition" is no language.
_LANGUAGE = re.compile(
    r"(?P<name>[^\W\d_]{2,20})(?:\s{0,2}[-–(/,].{1,40}|\s(?:simplified|traditional|brazil\w{0,3}"
    r"|simplifié|traditionnel|indonesia|malaysia|melayu))?",
    re.IGNORECASE,
)


def language_named(name: str | None) -> str | None:
    """The code of a language by its name ("Français" → "fr"), or None for other words."""
    match = _LANGUAGE.fullmatch((name or "").strip())
    return _CODES.get(plain_word(match["name"])) if match else None


def shortest_code(code: str) -> str:
    """A language's code of two letters by that of three ("eng" → "en"), where there is one."""
    return _OF_THREE.get(code, code)
