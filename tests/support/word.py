"""Word files, made in the test that needs one."""

from __future__ import annotations

import io
import zipfile
from html import escape

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_SPACES = {
    "w": W,
    "r": OFFICE,
    "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
    "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
    "pic": "http://schemas.openxmlformats.org/drawingml/2006/picture",
    "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
    "wps": "http://schemas.microsoft.com/office/word/2010/wordprocessingShape",
    "v": "urn:schemas-microsoft-com:vml",
    "m": "http://schemas.openxmlformats.org/officeDocument/2006/math",
    "c": "http://schemas.openxmlformats.org/drawingml/2006/chart",
}
_NAMESPACES = " ".join(f'xmlns:{prefix}="{uri}"' for prefix, uri in _SPACES.items())
_STYLES = {
    "Overskrift1": ("heading 1", ""),
    "Overskrift2": ("heading 2", ""),
    "Vaar": ("Vår overskrift", "Overskrift2"),
    "Tittel": ("Title", ""),
    "Bildetekst": ("caption", ""),
    "INNH1": ("toc 1", ""),
    "Fotnotetekst": ("footnote text", ""),
    "Spesiell": ("Spesiell", ""),
}
STYLES = "".join(
    f'<w:style w:type="paragraph" w:styleId="{id_}"><w:name w:val="{name}"/>'
    + (f'<w:basedOn w:val="{above}"/>' if above else "")
    + "</w:style>"
    for id_, (name, above) in _STYLES.items()
)
NUMBERING = "".join(
    f'<w:abstractNum w:abstractNumId="{number}">'
    + "".join(f'<w:lvl w:ilvl="{level}"><w:start w:val="1"/><w:numFmt w:val="{kind}"/></w:lvl>' for level in range(3))
    + f'</w:abstractNum><w:num w:numId="{number}"><w:abstractNumId w:val="{number}"/></w:num>'
    for number, kind in ((1, "bullet"), (2, "decimal"), (3, "decimal"))
)


def xml(tag: str, inside: str) -> str:
    return f'<?xml version="1.0" encoding="UTF-8"?><w:{tag} {_NAMESPACES}>{inside}</w:{tag}>'


def run(text: str, properties: str = "") -> str:
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def paragraph(inside: str, style: str = "", *, list_: int = 0, level: int = 0) -> str:
    """Make a paragraph; what is no XML is a run."""
    inside = inside if inside.startswith("<") else run(inside)
    said = f'<w:pStyle w:val="{style}"/>' if style else ""
    said += f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{list_}"/></w:numPr>' if list_ else ""
    return f"<w:p><w:pPr>{said}</w:pPr>{inside}</w:p>"


def table(*rows: tuple[str, ...]) -> str:
    cells = (
        "".join(cell if cell.startswith("<w:tc>") else f"<w:tc>{paragraph(cell)}</w:tc>" for cell in row)
        for row in rows
    )
    return f"<w:tbl>{''.join(f'<w:tr>{row}</w:tr>' for row in cells)}</w:tbl>"


def picture(id_: str, alt: str = "", how: str = "embed") -> str:
    return (
        f'<w:r><w:drawing><wp:inline><wp:docPr id="1" name="Bilde" descr="{alt}"/><a:graphic><a:graphicData><pic:pic>'
        f'<pic:blipFill><a:blip r:{how}="{id_}"/></pic:blipFill></pic:pic></a:graphicData></a:graphic></wp:inline>'
        "</w:drawing></w:r>"
    )


def relation(id_: str, kind: str, target: str, *, is_external: bool = False) -> str:
    mode = ' TargetMode="External"' if is_external else ""
    return f'<Relationship Id="{id_}" Type="{OFFICE}/{kind}" Target="{escape(target)}"{mode}/>'


def docx(body: str, relations: str = "", **parts: str | bytes) -> bytes:
    """Make a file with this body; `parts` are put below `word/`, a text as what that part has in it."""
    head = '<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    files: dict[str, str | bytes] = {
        "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>',
        "_rels/.rels": f"{head}{relation('a', 'officeDocument', 'word/document.xml')}</Relationships>",
        "word/document.xml": xml("document", f"<w:body>{body}</w:body>"),
        "word/styles.xml": xml("styles", STYLES),
        "word/numbering.xml": xml("numbering", NUMBERING),
    }
    named = {"styles": "styles", "numbering": "numbering"}
    for name, part in parts.items():
        path = name.replace("__", "/").replace("_", ".")
        files[f"word/{path}"] = (
            part if isinstance(part, bytes) else xml(name.partition("_")[0].rstrip("0123456789"), part)
        )
        named |= {name.partition("_")[0]: name.partition("_")[0]} if isinstance(part, str) else {}
    kinds = {"header": "header", "footer": "footer"}
    relations += "".join(relation(f"part-{name}", kinds.get(name, name), f"{name}.xml") for name in named)
    files["word/_rels/document.xml.rels"] = f"{head}{relations}</Relationships>"
    return archive(files)


def archive(files: dict[str, str | bytes]) -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as made:
        for name, part in files.items():
            made.writestr(name, part)
    return data.getvalue()
