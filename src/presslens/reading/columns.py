"""Columns: which column of an export holds the text, the title, the date and so on."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence

from presslens.problems import ReadingError

# Field → the columns that may hold it, the likeliest first; beside the fields of an article, `lead`
# is what a text begins with where an export parts it from the rest.
Columns = Mapping[str, tuple[str, ...]]

# Field → names of columns, the likeliest first; case, accents, blanks and punctuation make no
# difference. With the English ones stand those of Media Cloud, Event Registry, GDELT, NewsCatcher,
# ProQuest, Webhose, the Guardian and so on, then German, French, Spanish, Portuguese and Italian.
NAMES: dict[str, tuple[str, ...]] = {
    "text": (
        "text", "body_text", "body", "content", "article", "full_text", "article_text",
        "article_body", "maintext", "story", "raw_text", "plain_text", "story_text", "news_text",
        "text_content", "article_content", "clean_text", "paragraphs",
        "Volltext", "Inhalt", "Artikeltext", "Artikel", "Haupttext", "Fließtext", "Textkörper",
        "texte", "texte_intégral", "texte_complet", "corps", "corps_du_texte", "contenu",
        "texto", "texto_completo", "contenido", "cuerpo", "cuerpo_del_texto", "artículo",
        "conteúdo", "testo", "testo_completo", "contenuto",
    ),
    "title": (
        "title", "headline", "head", "article_title", "heading", "headlines", "web_title",
        "title/headline", "story_title", "news_title", "title_page",
        "Titel", "Überschrift", "Ueberschrift", "Schlagzeile", "Artikeltitel",
        "titre", "titre_de_l'article", "intitulé", "título", "titular", "titolo",
    ),
    "published": (
        "published", "date_time_pub", "publication_date", "published_at", "date_published",
        "pub_date", "publish_date", "published_date", "published_on", "publication_datetime",
        "date_publish", "web_publication_date", "date_of_publication", "publish_time",
        "publication_time", "date_time", "date", "timestamp", "seen_date", "created_at", "day",
        "Veröffentlicht", "Veröffentlichungsdatum", "veröffentlicht_am", "Veroeffentlicht",
        "Veroeffentlichungsdatum", "Erscheinungsdatum", "Erscheinungstag", "erschienen_am",
        "Publikationsdatum", "Datum",
        "date_de_publication", "date_de_parution", "date_publication", "date_parution", "publié_le",
        "fecha_de_publicación", "fecha_publicación", "publicado", "fecha",
        "data_de_publicação", "data_di_pubblicazione", "data",
    ),
    "outlet": (
        "outlet", "source", "publication", "newspaper", "paper", "source_name", "media", "site",
        "site_name", "sitename", "media_name", "medium", "name_source",
        "publication_name", "publication_title", "pubtitle", "source_title", "source_common_name",
        "newspaper_name", "outlet_name", "thread.site_full", "domain", "source_domain",
        "thread.site", "clean_url", "domain_url", "provider", "website", "publisher",
        "Zeitung", "Quelle", "Medienname", "Publikation", "Zeitungsname",
        "journal", "média", "nom_du_journal", "titre_de_presse",
        "medio", "periódico", "diario", "fuente", "jornal", "veículo", "testata", "giornale",
        "fonte",
    ),
    "authors": (
        "authors", "author", "byline", "writer", "by", "journalist", "author_name", "author_names",
        "authors_names", "journalists", "article_author", "authors_byline", "creator", "creators",
        "Autoren", "Autor", "Autorin", "Autor:innen", "Verfasser", "Verfasserin",
        "auteurs", "auteur", "auteure", "autrice", "journaliste",
        "autores", "autora", "periodista", "autore", "autori",
    ),
    "url": (
        "url", "link", "canonical_url", "web_url", "article_url", "href", "permalink",
        "document_url", "document_identifier", "story_url", "news_url", "page_url",
        "links.permalink", "uri",
        "Webadresse", "Internetadresse", "lien", "adresse_web", "enlace", "dirección_web",
    ),
    "section": (
        "section", "category", "desk", "rubric", "topic", "section_name", "news_desk",
        "thread.section_title", "article_section",
        "Ressort", "Rubrik", "Kategorie", "rubrique", "catégorie", "sección", "categoría", "seção",
        "sezione", "rubrica",
    ),
    "id": (
        "id", "article_id", "doc_id", "docid", "guid", "uuid", "document_id", "uid", "stories_id",
        "story_id", "store_id", "goid", "accession_number", "identifier", "uri",
        "Artikel-ID", "Dokument-ID", "Kennung", "identifiant", "identificador",
    ),
    "language": (
        "language", "lang", "source_language", "article_language", "language_code",
        "Sprache", "langue", "idioma", "lingua",
    ),
}  # fmt: skip
FIELDS = tuple(NAMES)
# Columns that mean something only beside others: those, and the fields that these then are.
_BESIDE: tuple[tuple[frozenset[str], dict[str, str]], ...] = (
    # NewsCatcher's `summary` is the whole text; everywhere else a summary is no text.
    (frozenset({"cleanurl", "publisheddateprecision"}), {"summary": "text"}),
    # Dow Jones' `body` goes on where its `snippet` ends.
    (frozenset({"an", "body", "sourcecode"}), {"snippet": "lead", "an": "id"}),
    # Factiva's codes, which other tables have for other things.
    (
        frozenset({"hd", "sn", "pd"}),
        {
            "hd": "title", "td": "text", "lp": "lead", "sn": "outlet", "pd": "published",
            "by": "authors", "an": "id", "se": "section", "la": "language",
        },
    ),
)  # fmt: skip
_SHOWN = 20
_SHOWN_NAMES = 12
_SHOWN_LENGTH = 40


def plain_name(column: str) -> str:
    """A column's name without what people write differently: "Publication-Date" and so on."""
    folded = unicodedata.normalize("NFKD", column[:200].casefold())
    return re.sub(r"[\W_]", "", folded)


# Columns of dates in languages that write the day before the month.
DAY_FIRST = frozenset(
    plain_name(name) for name in NAMES["published"][NAMES["published"].index("day") + 1 :]
)
_RANKS = {
    field: {plain_name(name): rank for rank, name in reversed(list(enumerate(names)))}
    for field, names in NAMES.items()
}


def check_fields(chosen: Mapping[str, str]) -> None:
    """Whether a mapping from fields to columns names only fields that there are.

    Raises:
        ReadingError: if not; the message lists them.
    """
    for field, column in chosen.items():
        if field not in NAMES:
            raise ReadingError(
                f"an article has no field {field!r} for the column {column!r};"
                f" fields: {', '.join(FIELDS)}"
            )


def find_columns(columns: Sequence[str], chosen: Mapping[str, str] | None = None) -> Columns:
    """Which columns may hold which field.

    Args:
        columns: the names of the columns that a table or a row has.
        chosen: field → column, for those that the user named; it comes before what is recognised.

    Raises:
        ReadingError: if none holds the text or a chosen one is not there; the message lists what
            is there and what would do.
    """
    chosen = chosen or {}
    check_fields(chosen)
    own = {field: _named(name, field, columns) for field, name in chosen.items()}
    free = {name: plain_name(name) for name in columns if name not in own.values()}
    found: dict[str, tuple[str, ...]] = {field: (column,) for field, column in own.items()}
    taken: set[str] = set()
    for field, ranks in _RANKS.items():
        if field in own:
            continue
        fitting = [name for name in free if free[name] in ranks and name not in taken]
        if fitting:
            found[field] = tuple(sorted(fitting, key=lambda name: ranks[free[name]]))
            # What may be the address is not the id too; a second address is none's.
            taken.add(found[field][0])
    for where, meanings in _BESIDE:
        if where <= set(free.values()):
            for name, plain in free.items():
                if plain in meanings:
                    found.setdefault(meanings[plain], (name,))
    if "text" not in found and "lead" in found:
        found["text"] = found.pop("lead")
    if "text" not in found:
        raise ReadingError(_without_text(columns, found))
    return found


def chosen_among(columns: Sequence[str], chosen: Mapping[str, str]) -> dict[str, str]:
    """What the user named and these columns have; the text's column is never left to a guess."""
    plain = {plain_name(column) for column in columns}
    return {
        field: name
        for field, name in chosen.items()
        if field == "text" or name in columns or plain_name(name) in plain
    }


def missing_column(field: str, name: str, columns: Iterable[str]) -> str:
    """That the column which the user named for a field is not there."""
    return f"it has no column {name!r} for {field!r}; columns found: {_listed(columns)}"


def _named(name: str, field: str, columns: Sequence[str]) -> str:
    if name in columns:
        return name
    alike = [column for column in columns if plain_name(column) == plain_name(name)]
    if plain_name(name) and alike:
        return alike[0]
    raise ReadingError(missing_column(field, name, columns))


def _without_text(columns: Iterable[str], found: Columns) -> str:
    fetch = f"fetch the pages that {found['url'][0]!r} names, or " if "url" in found else ""
    accepted = ", ".join(NAMES["text"][:_SHOWN_NAMES])
    return (
        f"no column holds the text; columns found: {_listed(columns)}; accepted: {accepted};"
        f" {fetch}name the column, as in --column text=NAME"
    )


def _listed(columns: Iterable[str]) -> str:
    names = [column for column in columns if column.strip()]
    more = f" and {len(names) - _SHOWN} more" if len(names) > _SHOWN else ""
    return (", ".join(repr(name[:_SHOWN_LENGTH]) for name in names[:_SHOWN]) or "none") + more
