"""Made-up people: names as they were given in their years, ID numbers with the right checksum, telephone numbers.

Nobody is meant; a likeness is chance.
"""

from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random

from stdnum.cn import ric

from models.demo.places import PROVINCES, SHANGHAI, WEIGHTS, County, Province

_SURNAMES = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈"
    "姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤"
)
_COMPOUND = ("欧阳", "上官", "司马", "诸葛")
# given names by sex and by the decade in which they were common
_GIVEN = {
    ("male", 0): ["建国", "建军", "志强", "卫东", "国平", "永明", "爱民", "福生", "海波", "新华", "德明", "宝林"],
    ("male", 1975): [
        "伟",
        "强",
        "勇",
        "军",
        "磊",
        "斌",
        "涛",
        "峰",
        "辉",
        "志刚",
        "建平",
        "海涛",
        "晓东",
        "文杰",
        "国栋",
        "立新",
    ],
    ("male", 1985): [
        "超",
        "鹏",
        "鑫",
        "凯",
        "浩",
        "杰",
        "宇",
        "明亮",
        "俊杰",
        "文博",
        "振华",
        "佳伟",
        "世豪",
        "子健",
        "晨阳",
        "志远",
    ],
    ("male", 1996): ["浩然", "宇航", "子豪", "梓轩", "嘉俊", "博文", "天佑", "泽宇", "一鸣", "思远"],
    ("male", 2006): ["宇轩", "梓豪", "浩宇", "沐辰", "一诺", "奕辰", "子墨", "俊熙", "铭泽", "佑安"],
    ("female", 0): ["秀英", "桂兰", "玉梅", "建华", "爱华", "凤英", "淑珍", "素芳", "国芳", "春兰"],
    ("female", 1975): [
        "丽",
        "敏",
        "静",
        "燕",
        "艳",
        "娟",
        "霞",
        "红梅",
        "晓燕",
        "海燕",
        "雪梅",
        "丽娟",
        "文静",
        "春燕",
    ],
    ("female", 1985): [
        "婷",
        "娜",
        "莉",
        "倩",
        "雯",
        "佳",
        "梦婷",
        "晓雯",
        "雅琴",
        "思思",
        "玲玲",
        "丹丹",
        "诗琪",
        "文婷",
    ],
    ("female", 1996): ["雨欣", "欣怡", "梓涵", "佳怡", "思雨", "梦瑶", "雅婷", "若曦", "诗涵", "语嫣"],
    ("female", 2006): ["一诺", "依诺", "梓萱", "雨桐", "可馨", "诗悦", "语桐", "欣妍", "沐瑶", "思彤"],
}
_DECADES = (2006, 1996, 1985, 1975, 0)
_MINORITIES = {"湖南": "土家族", "贵州": "苗族", "黑龙江": "满族", "河南": "回族", "四川": "彝族", "湖北": "土家族"}
_MOBILE = [
    "135",
    "136",
    "137",
    "138",
    "139",
    "150",
    "152",
    "158",
    "159",
    "176",
    "180",
    "182",
    "186",
    "187",
    "188",
    "189",
    "191",
    "199",
]


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody made up, with where they are registered."""

    name: str
    sex: str
    born: date
    id_number: str
    province: Province
    county: County
    ethnic_group: str
    phone: str

    @property
    def surname(self) -> str:
        """The family name."""
        return self.name[:2] if self.name[:2] in _COMPOUND else self.name[0]

    @property
    def called(self) -> str:
        """How one is addressed: 李女士."""
        return self.surname + ("先生" if self.sex == "male" else "女士")


@dataclass(slots=True)
class Registry:
    """Makes people and keeps what has been given out, so that no ID or telephone number comes twice."""

    ids: set[str] = field(default_factory=set)
    phones: set[str] = field(default_factory=set)

    def person(
        self,
        rng: Random,
        born: date,
        sex: str,
        *,
        province: Province | None = None,
        surname: str = "",
    ) -> Person:
        """Somebody of that birth date and sex; from a province by its weight, Shanghai among them only if asked for."""
        where = province or rng.choices(PROVINCES, WEIGHTS)[0]
        counties = [county for county in where.counties if county.code_in(born.year)]
        county = rng.choice(counties)
        minority = _MINORITIES.get(where.name)
        return Person(
            name=(surname or surname_of(rng)) + given_name(rng, sex, born.year),
            sex=sex,
            born=born,
            id_number=self._id_number(rng, county.code_in(born.year) or county.code, born, sex),
            province=where,
            county=county,
            ethnic_group=minority if minority and rng.random() < 0.15 else "汉族",
            phone=self.phone(rng),
        )

    def shanghainese(self, rng: Random, born: date, sex: str) -> Person:
        """Somebody registered in Shanghai from birth."""
        return self.person(rng, born, sex, province=SHANGHAI)

    def phone(self, rng: Random) -> str:
        """A mobile number nobody in these data has yet."""
        while (number := f"{rng.choice(_MOBILE)}{rng.randrange(10**8):08d}") in self.phones:
            pass
        self.phones.add(number)
        return number

    def _id_number(self, rng: Random, county: str, born: date, sex: str) -> str:
        while True:
            order = rng.randrange(500) * 2 + (sex == "male")
            stem = f"{county}{born:%Y%m%d}{order % 1000:03d}"
            number = stem + ric.calc_check_digit(stem + "0")
            if number not in self.ids:
                self.ids.add(number)
                return number


def surname_of(rng: Random) -> str:
    """A surname; those at the front of the list are the common ones."""
    if rng.random() < 0.01:
        return rng.choice(_COMPOUND)
    return _SURNAMES[int(len(_SURNAMES) * rng.random() ** 1.7)]


def given_name(rng: Random, sex: str, year: int) -> str:
    """A given name of that time."""
    decade = next(decade for decade in _DECADES if year >= decade)
    return rng.choice(_GIVEN[sex, decade])


def birthday(rng: Random, today: date, age: int) -> date:
    """A birth date that gives the age in full years on that day, not within a fortnight of either birthday."""
    nearest = date(today.year - age, today.month, min(today.day, 28))
    return nearest - timedelta(days=rng.randrange(15, 345))
