"""What the desktop around the program says, and what Qt has to be told before it starts."""

import os
from pathlib import Path

from PySide6.QtCore import QLibraryInfo, QLocale


def prepare_environment(environment: dict[str, str] | None = None) -> None:
    """What Qt reads when it starts; call it before the QApplication is made.

    Qt's own packages bring no fcitx plugin, so Chinese could not be typed on a desktop that uses
    fcitx; it answers to ibus as well.
    """
    env = os.environ if environment is None else environment
    asked = env.get("QT_IM_MODULE", "")
    if asked not in ("fcitx", "fcitx5"):
        return
    plugins = Path(QLibraryInfo.path(QLibraryInfo.LibraryPath.PluginsPath))
    if not list((plugins / "platforminputcontexts").glob(f"*{asked}*")):
        env["QT_IM_MODULE"] = "ibus"


def system_language() -> str:
    """The language of the desktop, as far as the program speaks it."""
    name = QLocale.system().name()
    if name.startswith("zh"):
        return "zh_TW" if name in ("zh_TW", "zh_HK", "zh_MO") else "zh_CN"
    return "en"
