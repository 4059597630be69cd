"""Files packed as an EPUB container: a ZIP whose first file names its kind (OCF 3.3, section 4.3).

The same files give the same bytes: they stand in the order in which they come, with one date for all.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping

MIMETYPE = "application/epub+zip"
FOLDER = "EPUB"
PACKAGE = f"{FOLDER}/package.opf"
CONTAINER_FILE = "META-INF/container.xml"
CONTAINER = f"""\
<?xml version="1.0" encoding="utf-8"?>
<container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container">
<rootfiles><rootfile full-path="{PACKAGE}" media-type="application/oebps-package+xml"/></rootfiles>
</container>
"""
OLDEST = (1980, 1, 1, 0, 0, 0)
"""The first moment that a ZIP can name."""
UNIX, PLAIN_FILE = 3, 0o100644


def packed(files: Mapping[str, bytes]) -> bytes:
    """Pack the files of a publication, by their paths in its folder."""
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as archive:
        _add(archive, "mimetype", MIMETYPE.encode(), zipfile.ZIP_STORED)
        _add(archive, CONTAINER_FILE, CONTAINER.encode(), zipfile.ZIP_DEFLATED)
        for name, content in files.items():
            _add(archive, f"{FOLDER}/{name}", content, zipfile.ZIP_DEFLATED)
    return written.getvalue()


def _add(archive: zipfile.ZipFile, name: str, content: bytes, method: int) -> None:
    entry = zipfile.ZipInfo(name, OLDEST)
    entry.create_system, entry.external_attr, entry.compress_type = UNIX, PLAIN_FILE << 16, method
    archive.writestr(entry, content, compresslevel=9)
