"""How channels are drawn."""

from collections.abc import Mapping
from typing import Final

from app.domain.interactions import Channel, Direction

CHANNEL_GLYPHS: Final[Mapping[Channel, str]] = {
    Channel.PHONE: "phone",
    Channel.VISIT: "map-pin",
    Channel.EMAIL: "mail",
    Channel.WECHAT: "message-circle",
    Channel.LETTER: "send",
    Channel.WEB: "globe",
    Channel.COUNTER: "store",
}
_PHONES: Final = {Direction.IN: "phone-incoming", Direction.OUT: "phone-outgoing"}


def talk_glyph(channel: Channel, direction: Direction) -> str:
    """How an interaction is drawn: of a call also who began."""
    return _PHONES[direction] if channel is Channel.PHONE else CHANNEL_GLYPHS[channel]
