"""Code in colours: what Pygments takes its parts for, as classes that a style sheet gives colours to."""

from __future__ import annotations

from markupsafe import Markup, escape

from press.content.blocks import Code

CLASSES = {"Keyword": "keyword", "Comment": "comment", "Literal.String": "string", "Literal.Number": "number"}
"""By the kind of a token and of those within it; what is of none of them has the colour of the text."""


def highlighted(block: Code) -> Markup:
    """Set the lines of a block, letter for letter."""
    listing = str(block.listing).rstrip("\n")
    if block.language is None:
        return escape(listing)
    from pygments.lexers import get_lexer_by_name

    lexer = get_lexer_by_name(str(block.language), stripnl=False, ensurenl=False)
    tokens = [(str(kind).removeprefix("Token."), text) for kind, text in lexer.get_tokens(listing)]
    if "".join(text for _, text in tokens) != listing:
        return escape(listing)  # a lexer that reads past something is not let loose on an author's words
    return Markup("").join(_coloured(kind, text) for kind, text in tokens)


def _coloured(kind: str, text: str) -> Markup:
    name = next((each for known, each in CLASSES.items() if f"{kind}.".startswith(f"{known}.")), None)
    return (
        Markup('<span class="{}">{}</span>').format(name, text) if name is not None and text.strip() else escape(text)
    )
