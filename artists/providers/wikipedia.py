"""Wikipedia: a biography in the first preferred language that has one, facts of the infobox (providers.md 2.7)."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote, unquote, urlsplit

from artists.providers.answers import ArtistRecord, MemberRecord
from artists.providers.base import Fault, Lookup, Provider, ProviderSpec
from artists.providers.errors import NotAnswering, NothingFound, ProviderError
from artists.providers.infobox import Infobox, read_infobox
from artists.providers.reading import line, mapping, text
from artists.providers.sparql import ACCEPT, ENDPOINT, as_qid, item_of, qid_of, rows, value
from stillwater.language_tags import base, is_tag

NAME = "wikipedia"
ENGLISH = "en"
LANGUAGES = (
    "en", "de", "fr", "ja", "es", "it", "pt", "ru", "zh", "nl", "pl", "sv", "uk", "ar", "fa", "he", "ko", "cs", "hu",
    "fi", "no", "da", "tr", "el", "ro", "bg", "sr", "hr", "sk", "sl", "lt", "lv", "et", "ca", "eu", "gl", "is", "ga",
    "cy", "nn", "hi", "bn", "ta", "te", "ml", "mr", "ur", "th", "vi", "id", "ms", "tl", "ka", "hy", "az", "kk", "uz",
    "be", "mk", "sq", "bs", "af", "sw", "eo", "la", "lb", "br", "oc", "sco", "mn", "ne", "si", "my", "km", "lo", "am",
)  # fmt: skip
"""Those whose addresses are known; English first. Others are asked in English."""
_SAME = {"nb": "no", "iw": "he", "in": "id", "fil": "tl", "cmn": "zh"}
_ERRORS = {
    "missingtitle": Fault.NOTHING, "invalidtitle": Fault.NOTHING, "nosuchsection": Fault.NOTHING,
    "no-such-entity": Fault.NOTHING, "ratelimited": Fault.QUOTA, "maxlag": Fault.QUOTA,
}  # fmt: skip

_ARTICLES = """SELECT ?item ?article WHERE {{
  {item}
  OPTIONAL {{ ?article schema:about ?item ; schema:isPartOf ?site . VALUES ?site {{ {sites} }} }}
}} LIMIT 200"""


@dataclass(frozen=True, slots=True)
class Article:
    """One language's article: the biography of a record is one, the infobox is always of the English one."""

    language: str
    title: str

    @property
    def url(self) -> str:
        return f"https://{self.language}.wikipedia.org/wiki/{quote(self.title.replace(' ', '_'))}"


def judge(status: int, data: Any) -> Fault | None:
    """MediaWiki answers its errors with status 200."""
    if not mapping(data, "error"):
        return None
    return _ERRORS.get(line(data, "error", "code"), Fault.BROKEN)


def wikis(languages: Sequence[str]) -> tuple[str, ...]:
    """The Wikipedias of these languages, and English last unless it is preferred itself."""
    bases = (base(tag) for tag in languages if is_tag(tag))
    known = (_SAME.get(language, language) for language in bases)
    return tuple(dict.fromkeys([*(language for language in known if language in LANGUAGES), ENGLISH]))


def articles_of_table(data: Any) -> dict[str, Article]:
    """By language, from the answer in SPARQL."""
    addresses = (urlsplit(value(row, "article")) for row in rows(NAME, data) if _is_address(value(row, "article")))
    found = ((str(parts.hostname).partition(".")[0], parts.path.removeprefix("/wiki/")) for parts in addresses)
    return {
        language: Article(language, unquote(title).replace("_", " "))
        for language, title in found
        if title and language in LANGUAGES
    }


def articles_of_entity(data: Any, qid: str) -> dict[str, Article]:
    """By language, from the links of an entity."""
    links = mapping(data, "entities", qid, "sitelinks").values()
    found = ((line(link, "site").removesuffix("wiki"), line(link, "title")) for link in links)
    return {language: Article(language, title) for language, title in found if title and language in LANGUAGES}


def extract(data: Any) -> str:
    """The text before the first heading; '' for a list of namesakes and for no article."""
    pages = [page for page in mapping(data, "query", "pages").values() if isinstance(page, dict)]
    if not pages or "missing" in pages[0] or "disambiguation" in mapping(pages[0], "pageprops"):
        return ""
    return text(pages[0], "extract")


def record(article: Article, biography: str, infobox: Infobox, qid: str) -> ArtistRecord:
    """The name is the title without what tells it apart, "(band)"."""
    is_group = infobox.type == "group"
    return ArtistRecord(
        provider=NAME,
        provider_id=f"{article.language}:{article.title}",
        name=article.title.partition(" (")[0] or article.title,
        type=infobox.type,
        origin=infobox.origin,
        biography=biography,
        biography_language=article.language if biography else "",
        genres=infobox.genres,
        years_active=infobox.years_active,
        born="" if is_group else infobox.born,
        died="" if is_group else infobox.died,
        members=tuple(_members(infobox)),
        ids={"wikidata": qid} if qid else {},
        urls={NAME: article.url},
    )


def _members(infobox: Infobox) -> Iterator[MemberRecord]:
    for name in infobox.members:
        yield MemberRecord(name)
    for name in infobox.past_members:
        if name not in infobox.members:
            yield MemberRecord(name, is_active=False)


def _is_address(address: str) -> bool:
    try:
        return (urlsplit(address).hostname or "").endswith(".wikipedia.org")
    except ValueError:
        return False


class Wikipedia(Provider):
    """Asked by the identifiers of Wikidata and MusicBrainz: what has the artist's name may be about a shrub."""

    spec = ProviderSpec(
        name=NAME,
        label="Wikipedia",
        services={
            **{language: f"https://{language}.wikipedia.org/w/api.php" for language in LANGUAGES},
            "entities": "https://www.wikidata.org/w/api.php",
            "sparql": ENDPOINT,
        },
        per_second=5,
        abilities=frozenset({"artist"}),
        help_url="https://www.mediawiki.org/wiki/API:Etiquette",
        fields=frozenset({"biography", "genres", "born", "died", "years_active", "type", "origin", "members"}),
        timeout=15,
        judge=judge,
    )

    def artist(self, lookup: Lookup, languages: Sequence[str] = ("en",)) -> ArtistRecord:
        wanted = wikis(languages)
        qid, articles = self._articles(lookup, wanted)
        article, biography = self._biography([articles[language] for language in wanted if language in articles])
        return record(article, biography, self._infobox(articles.get(ENGLISH)), qid)

    def test(self) -> None:
        data = self.session.get(ENGLISH, "", {"action": "query", "meta": "siteinfo", "format": "json"})
        if not mapping(data, "query"):
            raise self._unreadable()

    def _articles(self, lookup: Lookup, wanted: Sequence[str]) -> tuple[str, Mapping[str, Article]]:
        """The item and its articles; the small question where the item is known already."""
        if qid := as_qid(lookup.own("wikidata")):
            sites = "|".join(f"{language}wiki" for language in wanted)
            asked = {"action": "wbgetentities", "ids": qid, "props": "sitelinks", "sitefilter": sites, "format": "json"}
            data = self.session.get("entities", "", asked)
            if not mapping(data, "entities"):
                raise self._unreadable()
            return qid, articles_of_entity(data, qid)
        sites = " ".join(f"<https://{language}.wikipedia.org/>" for language in wanted)
        query = _ARTICLES.format(item=item_of(NAME, lookup), sites=sites)
        data = self.session.get("sparql", "", {"query": query, "format": "json"}, ACCEPT)
        return qid_of(rows(NAME, data)[0]), articles_of_table(data)

    def _biography(self, articles: Sequence[Article]) -> tuple[Article, str]:
        """The first article with a text; an answer that nobody can read is not passed over."""
        for article in articles:
            asked: dict[str, str | int] = {"action": "query", "titles": article.title, "prop": "extracts|pageprops"}
            asked |= {"explaintext": 1, "exintro": 1, "redirects": 1, "ppprop": "disambiguation", "format": "json"}
            data = self.session.get(article.language, "", asked)
            if not mapping(data, "query", "pages"):
                raise self._unreadable()
            if biography := extract(data):
                return article, biography
        raise NothingFound(NAME, "there is no article in a preferred language")

    def _infobox(self, article: Article | None) -> Infobox:
        """Empty where it cannot be had: it is a bonus to the text."""
        if article is None:
            return Infobox()
        asked: dict[str, str | int] = {"action": "parse", "page": article.title, "prop": "wikitext", "section": 0}
        try:
            data = self.session.get(ENGLISH, "", {**asked, "redirects": 1, "format": "json"})
        except ProviderError:
            return Infobox()
        return read_infobox(text(data, "parse", "wikitext", "*")) or Infobox()

    def _unreadable(self) -> NotAnswering:
        return NotAnswering(NAME, "Wikipedia did not answer as expected")
