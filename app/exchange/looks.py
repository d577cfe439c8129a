"""What a text looks like: a telephone number, an e-mail address, a date, a tax number, a figure."""

import re
from typing import Final

_MOBILE: Final = re.compile(r"(?:(?:\+|00)?86[ -]?)?1[3-9]\d(?:[ -]?\d){8}")
_PHONE: Final = re.compile(
    r"(?:\+|00)?[(（]?\d[\d ()（）./-]{5,22}\d(?:\s*(?:转|轉|-|ext\.?|x|#)\s*\d{1,6})?", re.I
)
_EMAIL: Final = re.compile(r"[^\s@,;，；]+@[^\s@,;，；]+\.[^\s@,;，；.]{2,}")
_DATE: Final = re.compile(
    r"(?:19|20)\d\d\s*[-/.年]\s*\d{1,2}\s*[-/.月]\s*\d{1,2}\s*日?(?:[ T]\d{1,2}:\d\d(?::\d\d)?.*)?"
    r"|\d{1,2}[-/.]\d{1,2}[-/.](?:\d{4}|\d\d)(?: \d{1,2}:\d\d(?::\d\d)?)?"
)
_FIGURE: Final = re.compile(r"[-+]?[¥￥$€]?\s?(?:\d{1,3}(?:,\d{3})+|\d+)(?:[.,]\d+)?\s?%?")
_TAX_ID: Final = re.compile(r"[0-9A-HJ-NPQRTUWXY]{2}\d{6}[0-9A-HJ-NPQRTUWXY]{10}")
_WEBSITE: Final = re.compile(r"(?:https?://|www\.)\S+", re.I)
_COMPANY: Final = re.compile(
    r"(?:公司|集团|集團|厂|廠|商行|商店|经营部|經營部|事务所|事務所|合作社|企业|企業|酒店|餐厅|餐廳)[)）]?$"
    r"|\b(?:Ltd|Limited|Inc|LLC|GmbH|Corp|Corporation|Company|Co|AG|S\.?A)\.?$",
    re.I,
)


def is_mobile(text: str) -> bool:
    """A Chinese mobile number in any spacing, with or without 86."""
    return _MOBILE.fullmatch(text) is not None


def is_phone(text: str) -> bool:
    """Something that could be dialled: at least seven digits and nothing but their separators."""
    return is_mobile(text) or (
        _PHONE.fullmatch(text) is not None
        and not is_date(text)
        and sum(map(str.isdigit, text)) >= 7
    )


def is_email(text: str) -> bool:
    """One e-mail address and nothing else."""
    return _EMAIL.fullmatch(text) is not None


def is_date(text: str) -> bool:
    """A date in figures, with or without a time: 2026-11-22, 2026年11月22日, 22/11/2026."""
    return _DATE.fullmatch(text) is not None


def is_figure(text: str) -> bool:
    """A number, an amount or a percentage."""
    return _FIGURE.fullmatch(text.strip()) is not None


def is_tax_id(text: str) -> bool:
    """The form of a Chinese unified social credit code; its check digit is not looked at."""
    return _TAX_ID.fullmatch(text) is not None and not text.isdigit()


def is_website(text: str) -> bool:
    """A web address."""
    return _WEBSITE.fullmatch(text) is not None


def is_company(text: str) -> bool:
    """A name that ends as companies' names do."""
    return _COMPANY.search(text) is not None


def looks_like_data(text: str) -> bool:
    """Something that no column would be called."""
    text = text.strip()
    return is_figure(text) or is_phone(text) or is_email(text) or is_date(text) or is_website(text)
