"""The keys that are typed: forty, as people look for customers in Chinese, pinyin and English."""

TEXTS = (
    "王伟", "zhangs", "1380", "科技", "smi", "zs", "hxkj", "陈雅琳", "grace", "0571",
    "上海", "月结", "三",
)  # fmt: skip


def typed() -> list[str]:
    """What stands in the search field after each key; a new text begins in an empty field."""
    return [text[:end] for text in TEXTS for end in range(1, len(text) + 1)]
