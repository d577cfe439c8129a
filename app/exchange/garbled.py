"""Text that was already garbled before it came to us: noticed and said, never "repaired".

Repairing means guessing, and a wrong guess is worse than a visible fault.
"""

import re
from typing import Final

_GARBLED: Final = re.compile(
    "\ufffd"  # a character that some program could not read
    "|锟斤|斤拷|烫烫烫|屯屯屯"  # what Windows programs make of that
    "|[ÃÂ][\x80-\xbf]|â€[\x80-\xbf™œ\x9d“”]|[åäæçéè][\x80-\xbf¡-¿‰Šš‹›Œœ]"  # UTF-8 read as Western
    "|[ÖÐ×ÊÇ][\xa1-\xff][\xa1-\xff][\xa1-\xff]"  # GBK read as Western
    # UTF-8 read as GBK
    "|[鍙鍏瀹鐨浜鎴鏄閿][\ue000-\uf8ff€]|鐨勫|瀹㈡|鍏徃|鍖椾含|涓婃捣|閿熸|锛[\ue000-\uf8ff€]"
    "|[ㄅ-ㄩǎ-ǜ][─-╋]|[一-鿿][─-╋][一-鿿]"  # GBK that lost a byte
)


def garbled(text: str) -> str | None:
    """The place that looks garbled with what stands around it, or None."""
    if text.isascii():
        return None
    found = _GARBLED.search(text)
    return None if found is None else text[max(0, found.start() - 6) : found.end() + 6].strip()
