"""What programs are told of the publication: citations in BibTeX, RIS and CSL-JSON, JSON-LD, and a map of the site."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from html import escape

from press.document import About

_TEX = re.compile(r"[\\{}$&#%_~^]")
_TEX_NAMES = {
    "\\": r"\textbackslash{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    # BibTeX counts braces before it looks for backslashes.
    "{": r"\textbraceleft{}",
    "}": r"\textbraceright{}",
}


def citations(about: About) -> Mapping[str, bytes]:
    """Give the citation in each format, by the name of its file."""
    return {
        "citation.bib": _bibtex(about).encode(),
        "citation.ris": _ris(about).encode(),
        "citation.json": (json.dumps([_csl(about)], ensure_ascii=False, indent=1) + "\n").encode(),
    }


def key_of(about: About) -> str:
    """Name the publication as citations do: who, which year, and a word of the title."""
    words = [*re.findall(r"\w+", about.title), "report"]
    return re.sub(r"\W", "", f"{about.publisher}{about.date.year}{words[0]}".lower())


def _bibtex(about: About) -> str:
    names = " and ".join(f"{{{_tex(author)}}}" for author in about.authors or (about.publisher,))
    series, number, issn = about.series or ("", "", "")
    given = {
        "author": names,
        "title": _tex(about.whole_title),
        "institution": _tex(about.publisher),
        "series": _tex(series),
        "number": _tex(number),
        "year": str(about.date.year),
        "month": str(about.date.month),
        "note": _tex(about.edition),
        "language": about.language,
        "issn": issn,
        "isbn": about.isbn or "",
        "doi": about.doi or "",
        "url": about.address or "",
    }
    lines = "".join(f"  {name} = {{{value}}},\n" for name, value in given.items() if value)
    return f"@techreport{{{key_of(about)},\n{lines}}}\n"


def _tex(words: str) -> str:
    return _TEX.sub(lambda match: _TEX_NAMES.get(match[0], f"\\{match[0]}"), words)


def _ris(about: About) -> str:
    series, number, issn = about.series or ("", "", "")
    lines = [
        ("TY", "RPRT"),
        *(("AU", author) for author in about.authors or (about.publisher,)),
        ("TI", about.whole_title),
        ("PB", about.publisher),
        ("PY", str(about.date.year)),
        ("DA", about.date.strftime("%Y/%m/%d")),
        ("ET", about.edition),
        ("LA", about.language),
        ("AB", about.subject),
        *(("KW", keyword) for keyword in about.keywords),
        ("T2", series),
        ("M1", number),
        ("SN", about.isbn or issn),
        ("DO", about.doi or ""),
        ("UR", about.address or ""),
    ]
    return "".join(f"{name}  - {value}\r\n" for name, value in [*lines, ("ER", "")] if value or name == "ER")


def _csl(about: About) -> Mapping[str, object]:
    series, number, issn = about.series or ("", "", "")
    more = {
        "collection-title": series,
        "number": number,
        "ISSN": issn,
        "ISBN": about.isbn,
        "DOI": about.doi,
        "URL": about.address,
    }
    return {
        "id": key_of(about),
        "type": "report",
        "title": about.whole_title,
        "author": [{"literal": author} for author in about.authors or (about.publisher,)],
        "publisher": about.publisher,
        "edition": about.edition,
        "issued": {"date-parts": [[about.date.year, about.date.month, about.date.day]]},
        "language": about.language,
        "abstract": about.subject,
        "keyword": ", ".join(about.keywords),
        **{name: value for name, value in more.items() if value},
    }


def json_ld(about: About) -> str:
    """Describe the publication in the words of schema.org, as text for a `script` element."""
    who = {"@type": "Organization", "name": about.publisher}
    described = {
        "@context": "https://schema.org",
        "@type": "Report",
        "name": about.title,
        "alternativeHeadline": about.subtitle,
        "author": [_author(about, name) for name in about.authors] or who,
        "publisher": who,
        "datePublished": about.date.isoformat(),
        "inLanguage": about.language,
        "description": about.subject,
        "keywords": list(about.keywords),
        "accessMode": ["textual", "visual"],
        "accessModeSufficient": [{"@type": "ItemList", "itemListElement": ["textual"]}],
        "accessibilityFeature": ["alternativeText", "longDescription", "tableOfContents", "structuralNavigation"],
        "accessibilityHazard": "none",
        **({"identifier": f"https://doi.org/{about.doi}"} if about.doi else {}),
        **({"isbn": about.isbn} if about.isbn else {}),
        **({"reportNumber": about.series[1]} if about.series and about.series[1] else {}),
        **({"url": about.address, "image": f"{about.address}cover.png"} if about.address else {}),
    }
    return json.dumps(described, ensure_ascii=False).replace("<", "\\u003c")


def _author(about: About, name: str) -> Mapping[str, str]:
    orcid = about.orcids.get(name)
    return {"@type": "Person", "name": name, **({"@id": f"https://orcid.org/{orcid}"} if orcid else {})}


def site_map(about: About, files: Sequence[str]) -> Mapping[str, bytes]:
    """List the pages for search engines, where it is known at which address they stand."""
    if about.address is None:
        return {}
    return {"sitemap.xml": "".join(_lines(about, files)).encode()}


def _lines(about: About, files: Iterable[str]) -> Iterable[str]:
    yield '<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n'
    for file in files:
        address = escape(f"{about.address}{'' if file == 'index.html' else file}")
        yield f"<url><loc>{address}</loc><lastmod>{about.date.isoformat()}</lastmod></url>\n"
    yield "</urlset>\n"
