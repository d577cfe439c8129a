"""Whether small windows may have round corners: where nothing composes them, they are square.

A window that may be seen through shows black where it is not painted when the desktop does not
compose its windows, as plain X servers and remote desktops do not.
"""

from ctypes import CDLL, c_char_p, c_int, c_ulong, c_void_p
from functools import cache
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from app.ui.theme import tokens

_COMPOSER: Final = "_NET_WM_CM_S{screen}"  # the selection that a compositing manager owns


@cache
def composed() -> bool:
    """Whether the desktop composes its windows. Asked once: only X11 leaves it open."""
    return QGuiApplication.platformName() != "xcb" or _has_composer()


def _has_composer() -> bool:
    try:
        x11 = CDLL("libX11.so.6")
    except OSError:
        return False
    x11.XOpenDisplay.restype, x11.XOpenDisplay.argtypes = c_void_p, [c_char_p]
    x11.XDefaultScreen.restype, x11.XDefaultScreen.argtypes = c_int, [c_void_p]
    x11.XInternAtom.restype = c_ulong
    x11.XInternAtom.argtypes = [c_void_p, c_char_p, c_int]
    x11.XGetSelectionOwner.restype = c_ulong
    x11.XGetSelectionOwner.argtypes = [c_void_p, c_ulong]
    x11.XCloseDisplay.argtypes = [c_void_p]
    display = x11.XOpenDisplay(None)
    if not display:
        return False
    try:
        name = _COMPOSER.format(screen=x11.XDefaultScreen(display))
        return bool(x11.XGetSelectionOwner(display, x11.XInternAtom(display, name.encode(), 0)))
    finally:
        x11.XCloseDisplay(display)


def let_through(window: QWidget) -> None:
    """Let the desktop be seen at the round corners of a window, where that is possible."""
    window.setAttribute(Qt.WidgetAttribute.WA_TranslucentBackground, composed())
    window.setProperty("square", not composed())


def corner(radius: int) -> int:
    """The radius of a floating window's corners, in pixels, for one given at zoom 1."""
    return tokens().px(radius) if composed() else 0
