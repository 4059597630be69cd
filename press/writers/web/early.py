"""What stands in the head of every page: the faces that it shows first are asked for before the style sheet names them.

As links they would be asked for on a disk too, where browsers let pages read fonts for style sheets alone and complain
of all else. So it is a script, the one that stands within pages; their policy names it by its hash.
"""

from __future__ import annotations

import json
import re
from base64 import b64encode
from hashlib import sha256

from press.fonts import in_use
from press.writers.webfonts import file_of

FIRST_WEIGHTS = (300, 400)
_FAMILY = re.compile(r'--(?:serif|sans): "([^"]+)";')
SCRIPT = (
    "if (location.protocol !== 'file:') for (const href of {faces}) document.head.append(Object.assign("
    "document.createElement('link'), {{ rel: 'preload', as: 'font', type: 'font/woff2', crossOrigin: '', href }}));"
)


def early_script(stylesheet: str) -> str:
    """Write the script, for the upright faces of text in the families that the theme names."""
    families = set(_FAMILY.findall(stylesheet))
    upright = [face for face in in_use() if face.family in families and face.style == "normal"]
    faces = [file_of(face) for face in upright if face.weight in FIRST_WEIGHTS]
    return SCRIPT.format(faces=json.dumps(faces).replace("<", "\\u003c"))


def hash_of(script: str) -> str:
    """Name a script as a policy does (Content Security Policy 3, section 2.3.1)."""
    return f"sha256-{b64encode(sha256(script.encode()).digest()).decode()}"
