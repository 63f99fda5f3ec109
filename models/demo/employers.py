"""Made-up employers: what the cases of one employer have in common."""

from dataclasses import dataclass
from datetime import date
from random import Random
from typing import Any

from stdnum.cn import uscc

from models.demo.people import Person, Registry, birthday
from models.demo.places import DISTRICTS

BRANDS = [
    "启衡",
    "润拓",
    "锐恒",
    "卓弘",
    "瀚晟",
    "昱桐",
    "沐川",
    "宸光",
    "景澜",
    "云岭",
    "凌越",
    "谷雨",
    "松石",
    "禾木",
    "北辰",
    "联瑞",
    "博观",
    "思齐",
    "同舟",
    "明德",
    "远帆",
    "泽远",
]
_TRADES = {
    "信息科技": ("软件工程师", "测试工程师", "产品经理", "运维工程师"),
    "软件技术": ("软件工程师", "实施顾问", "项目经理"),
    "机械设备": ("机械工程师", "装配钳工", "售后工程师"),
    "电子科技": ("电子工程师", "工艺工程师", "质量工程师"),
    "建筑工程": ("施工员", "造价工程师", "安全员", "项目经理"),
    "医疗器械": ("注册专员", "销售经理", "质量工程师"),
    "国际贸易": ("外贸专员", "单证员", "采购经理"),
    "物流": ("调度主管", "报关员", "仓储主管"),
    "餐饮管理": ("门店店长", "厨师长", "区域督导"),
    "物业管理": ("工程主管", "客服主管", "电工"),
    "汽车零部件": ("模具工", "数控操作工", "生产主管"),
    "生物医药": ("研发专员", "临床监查员", "质量专员"),
    "设计咨询": ("室内设计师", "结构设计师", "咨询顾问"),
    "检测技术": ("检测工程师", "实验员"),
    "金融信息服务": ("数据分析师", "风控专员", "合规经理"),
}
# the two digits a credit code begins with (registering authority and kind of body, GB 32100)
_AUTHORITY = {"sole_trader": "92", "public_institution": "12", "ngo": "52"}
_BODY = "0123456789ABCDEFGHJKLMNPQRTUWXY"


@dataclass(frozen=True, slots=True)
class Employer:
    """One employer with its contacts; every case of it carries the same."""

    name: str
    uscc: str
    kind: str
    district: str
    registered_in_shanghai: bool
    points_account: str
    posts: tuple[str, ...]
    contacts: tuple[Person, ...]

    def employment(self) -> dict[str, Any]:
        """The facts of `employment` that belong to the employer."""
        return {
            "employer": self.name,
            "uscc": self.uscc,
            "kind": self.kind,
            "district": self.district,
            "registered_in_shanghai": self.registered_in_shanghai,
            "points_account": self.points_account,
            "hr": [{"name": c.name, "phone": c.phone, "id_number": c.id_number} for c in self.contacts],
        }


def employer(
    rng: Random,
    registry: Registry,
    today: date,
    *,
    account: str = "active",
    kind: str = "company",
    in_shanghai: bool = True,
    misplaced: bool = False,
) -> Employer:
    """An employer with one or two contacts.

    Its credit code carries the district where it is registered; `misplaced` gives it another one as the district
    where it means to file.
    """
    trade = rng.choice(tuple(_TRADES))
    posts = _TRADES[trade]
    district = rng.choice(tuple(DISTRICTS))
    code = credit_code(rng, _AUTHORITY.get(kind, "91"), DISTRICTS[district] if in_shanghai else "320115")
    name = {
        "agency": f"上海{brand(rng)}人力资源有限公司",
        "branch": f"{brand(rng)}{trade}股份有限公司上海分公司",
        "public_institution": f"上海市{district}{rng.choice(('图书馆', '市政养护所', '社区卫生服务中心'))}",
        "ngo": f"上海{brand(rng)}社会工作服务中心",
        "sole_trader": f"上海市{district}{brand(rng)}{rng.choice(('餐饮店', '服装店', '五金店'))}",
        "liaison_office": f"南京{brand(rng)}{trade}有限公司上海办事处",
    }.get(kind, f"上海{brand(rng)}{trade}有限公司")
    if misplaced:
        district = rng.choice([other for other in DISTRICTS if other != district])
    contacts = tuple(
        registry.person(rng, birthday(rng, today, rng.randrange(25, 46)), rng.choice(("female", "female", "male")))
        for _ in range(rng.choice((1, 1, 2)))
    )
    return Employer(name, code, kind, district, in_shanghai, account, posts, contacts)


def brand(rng: Random) -> str:
    """The proper name of a made-up firm."""
    return rng.choice(BRANDS)


def former(rng: Random, city: str) -> str:
    """The name of an employer somebody worked for before."""
    return f"{city}{brand(rng)}{rng.choice(tuple(_TRADES))}有限公司"


def credit_code(rng: Random, authority: str, region: str) -> str:
    """A unified social credit code with both check digits (GB 11714 for the body, GB 32100 for the whole)."""
    body = "MA1" + "".join(rng.choice(_BODY) for _ in range(5))
    weights = (3, 7, 9, 10, 5, 8, 4, 2)
    figures = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
    check = 11 - sum(figures.index(c) * w for c, w in zip(body, weights, strict=True)) % 11
    stem = authority + region + body + ("X" if check == 10 else "0" if check == 11 else str(check))
    return stem + uscc.calc_check_digit(stem)
