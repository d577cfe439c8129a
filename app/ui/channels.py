"""How channels are drawn."""

from collections.abc import Mapping
from typing import Final

from app.domain.interactions import Channel

CHANNEL_GLYPHS: Final[Mapping[Channel, str]] = {
    Channel.PHONE: "phone",
    Channel.VISIT: "map-pin",
    Channel.EMAIL: "mail",
    Channel.WECHAT: "message-circle",
    Channel.LETTER: "send",
    Channel.WEB: "globe",
    Channel.COUNTER: "store",
}
