"""The customers that newcomers meet in every sample but the smallest."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from app.domain.sample_parties import Culture, Firm, Person
from app.domain.vocabulary import Kind, Stage


@dataclass(frozen=True, slots=True)
class Shown:
    culture: Culture
    region: str
    stage: Stage
    firm: Firm | None = None
    person: Person | None = None
    belongs: bool = False

    @property
    def kind(self) -> Kind:
        return Kind.COMPANY if self.firm else Kind.PERSON


def _shown(
    culture: Culture, region: str, stage: Stage, short: str, name: str, domain: str, person: Person
) -> tuple[Shown, Shown]:
    """A firm, and the person it is known by."""
    firm = Firm(name, short, domain, person)
    return (
        Shown(culture, region, stage, firm=firm),
        Shown(culture, region, stage, person=person, belongs=True),
    )


_CN, _TW, _US = Culture.MAINLAND, Culture.TAIWAN, Culture.AMERICA
_PAIRS: Final = (
    _shown(
        _CN, "上海", Stage.GROWING, "华信科技", "华信科技有限公司", "huaxin",
        Person("陈雅琳", "chen", "yalin"),
    ),
    _shown(
        _CN, "浙江杭州", Stage.KEEPING, "国强建材", "国强建材有限公司", "guoqiang",
        Person("陈国强", "chen", "guoqiang"),
    ),
    _shown(
        _US, "Seattle, WA", Stage.GROWING, "Northwind", "Northwind Traders", "northwind",
        Person("Grace Miller", "miller", "grace"),
    ),
    _shown(
        _TW, "台北市", Stage.KEEPING, "晨星貿易", "晨星貿易股份有限公司", "chenxing",
        Person("林佳穎", "lin", "jiaying"),
    ),
    _shown(
        _CN, "江苏苏州", Stage.WINNING_BACK, "欣怡食品", "欣怡食品", "xinyi",
        Person("吴欣怡", "wu", "xinyi"),
    ),
    _shown(
        _TW, "新竹市", Stage.KEEPING, "宏達電子", "宏達電子", "hongda",
        Person("黃志豪", "huang", "zhihao"),
    ),
    _shown(
        _CN, "江苏南京", Stage.ACQUIRING, "敏行医疗", "敏行医疗器械", "minxing",
        Person("赵敏", "zhao", "min"),
    ),
    _shown(
        _CN, "上海", Stage.KEEPING, "浩然物流", "浩然物流集团", "haoran",
        Person("孙浩然", "sun", "haoran"),
    ),
    _shown(
        _US, "Portland, OR", Stage.ACQUIRING, "Jones & Co", "Jones & Co", "jones",
        Person("Ivy Jones", "jones", "ivy"),
    ),
)  # fmt: skip
SHOWN: Final[Mapping[int, Shown]] = dict(enumerate(one for pair in _PAIRS for one in pair))
