"""What a build goes by beside the files of publication and engine: what is installed, and the environment."""

from __future__ import annotations

import os
import sysconfig

DENYLIST = "PRESS_DENYLIST"
"""The environment variable that names a deny list outside of the publication."""


def installed() -> list[str]:
    """Name every installed package, with its version: the folders that installers leave."""
    folders = {sysconfig.get_path("purelib"), sysconfig.get_path("platlib")}
    names = {name for folder in folders if os.path.isdir(folder) for name in os.listdir(folder)}
    return sorted(name.rpartition(".")[0] for name in names if name.endswith((".dist-info", ".egg-info")))
