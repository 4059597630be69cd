"""One file, two standards: PDF/A-2a (ISO 19005-2) and PDF/UA-1 (ISO 14289-1).

WeasyPrint 70 makes a PDF of one variant; PDF/A-2a asks for most of what PDF/UA-1 does, and what is left is to say so.
The identification must stand in the same `rdf:RDF` as PDF/A's, with a description of its schema (PDF/A allows no
property that is not described), and the metadata stand uncompressed, so that a machine which reads no PDF can find
them.
"""

from __future__ import annotations

from typing import Any
from xml.etree import ElementTree

RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
DC = "http://purl.org/dc/elements/1.1/"
UA = "http://www.aiim.org/pdfua/ns/id/"
EXTENSION = "http://www.aiim.org/pdfa/ns/extension/"
SCHEMA = "http://www.aiim.org/pdfa/ns/schema#"
PROPERTY = "http://www.aiim.org/pdfa/ns/property#"
PREFIXES = {
    "rdf": RDF,
    "dc": DC,
    "pdfuaid": UA,
    "pdfaExtension": EXTENSION,
    "pdfaSchema": SCHEMA,
    "pdfaProperty": PROPERTY,
}


def declare_both(metadata: Any) -> None:
    """Let a document's metadata name PDF/UA-1 beside PDF/A, and the language.

    `generate_rdf_metadata` is the method that WeasyPrint's documentation offers to be replaced.
    """
    theirs = metadata.generate_rdf_metadata

    def generate_rdf_metadata(*arguments: Any) -> bytes:
        rdf = ElementTree.fromstring(theirs(*arguments))  # noqa: S314 - WeasyPrint's own output
        for prefix, namespace in PREFIXES.items():
            ElementTree.register_namespace(prefix, namespace)
        rdf.append(_language(metadata.lang))
        rdf.append(_identification())
        rdf.append(_description_of_schema())
        declared: bytes = ElementTree.tostring(rdf, encoding="utf-8")
        return declared

    metadata.generate_rdf_metadata = generate_rdf_metadata


def _language(tag: str) -> ElementTree.Element:
    description = ElementTree.Element(f"{{{RDF}}}Description", {f"{{{RDF}}}about": ""})
    languages = ElementTree.SubElement(ElementTree.SubElement(description, f"{{{DC}}}language"), f"{{{RDF}}}Bag")
    ElementTree.SubElement(languages, f"{{{RDF}}}li").text = tag
    return description


def _identification() -> ElementTree.Element:
    description = ElementTree.Element(f"{{{RDF}}}Description", {f"{{{RDF}}}about": ""})
    ElementTree.SubElement(description, f"{{{UA}}}part").text = "1"
    return description


def _description_of_schema() -> ElementTree.Element:
    """Describe the schema of the identification, as ISO 19005-2, 6.6.2.3.3 asks."""
    description = ElementTree.Element(f"{{{RDF}}}Description", {f"{{{RDF}}}about": ""})
    schemas = ElementTree.SubElement(ElementTree.SubElement(description, f"{{{EXTENSION}}}schemas"), f"{{{RDF}}}Bag")
    schema = ElementTree.SubElement(schemas, f"{{{RDF}}}li", {f"{{{RDF}}}parseType": "Resource"})
    _texts(schema, SCHEMA, schema="PDF/UA Universal Accessibility Schema", namespaceURI=UA, prefix="pdfuaid")
    properties = ElementTree.SubElement(ElementTree.SubElement(schema, f"{{{SCHEMA}}}property"), f"{{{RDF}}}Seq")
    part = ElementTree.SubElement(properties, f"{{{RDF}}}li", {f"{{{RDF}}}parseType": "Resource"})
    _texts(
        part,
        PROPERTY,
        name="part",
        valueType="Integer",
        category="internal",
        description="Part of ISO 14289 that the file conforms to",
    )
    return description


def _texts(parent: ElementTree.Element, namespace: str, **texts: str) -> None:
    for name, text in texts.items():
        ElementTree.SubElement(parent, f"{{{namespace}}}{name}").text = text
