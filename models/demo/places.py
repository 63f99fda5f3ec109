"""Where the made-up people come from, study and live: counties with the codes of their ID numbers, schools, streets.

The codes are those of GB/T 2260 as they stood in the year of birth: a person born in 1985 in 颍上 carries 342128, one
born in 2001 carries 341226.
"""

from random import Random
from typing import NamedTuple


class County(NamedTuple):
    """A county, the code its people's ID numbers begin with from `since` on, and the code before that, if any."""

    place: str
    code: str
    since: int = 0
    earlier: str = ""

    def code_in(self, year: int) -> str | None:
        """The code for one born in `year`, None where none is known."""
        return self.code if year >= self.since else self.earlier or None


class Province(NamedTuple):
    """A province with some of its counties, universities and colleges; `weight` is how many clients come from it."""

    name: str
    full_name: str
    weight: int
    counties: tuple[County, ...]
    universities: tuple[str, ...]
    colleges: tuple[str, ...]


PROVINCES = (
    Province(
        "安徽",
        "安徽省",
        24,
        (
            County("合肥市长丰县", "340121"),
            County("合肥市肥东县", "340122", 1983),
            County("阜阳市颍上县", "341226", 1997, "342128"),
            County("阜阳市临泉县", "341221", 1997, "342122"),
            County("六安市霍邱县", "341522", 2000, "342423"),
            County("宿州市萧县", "341322", 1999, "342222"),
        ),
        ("合肥工业大学", "安徽大学", "安徽师范大学"),
        ("安徽职业技术学院", "芜湖职业技术学院"),
    ),
    Province(
        "江苏",
        "江苏省",
        22,
        (
            County("南京市江宁区", "320115", 2001, "320121"),
            County("南京市六合区", "320116", 2003, "320123"),
            County("徐州市沛县", "320322", 1983),
            County("盐城市阜宁县", "320923", 1983),
            County("南通市如东县", "320623", 1983),
        ),
        ("南京工业大学", "扬州大学", "江南大学"),
        ("无锡职业技术学院", "南京工业职业技术学院"),
    ),
    Province(
        "河南",
        "河南省",
        18,
        (
            County("周口市太康县", "411627", 2001, "412724"),
            County("商丘市虞城县", "411425", 1998, "412321"),
            County("驻马店市上蔡县", "411722", 2001, "412825"),
            County("信阳市息县", "411528", 1999, "413021"),
            County("开封市杞县", "410221", 1983),
        ),
        ("郑州大学", "河南科技大学", "河南大学"),
        ("黄河水利职业技术学院", "河南工业职业技术学院"),
    ),
    Province(
        "江西",
        "江西省",
        14,
        (
            County("南昌市南昌县", "360121"),
            County("赣州市于都县", "360731", 1999, "362132"),
            County("上饶市余干县", "361127", 2001, "362329"),
            County("吉安市泰和县", "360826", 2001, "362426"),
        ),
        ("南昌大学", "江西财经大学", "华东交通大学"),
        ("九江职业技术学院", "江西应用技术职业学院"),
    ),
    Province(
        "湖北",
        "湖北省",
        14,
        (
            County("武汉市洪山区", "420111", 1983),
            County("襄阳市谷城县", "420625", 1983),
            County("黄冈市蕲春县", "421126", 1996, "422128"),
            County("黄冈市黄梅县", "421127", 1996, "422130"),
            County("咸宁市通城县", "421222", 1999, "422324"),
        ),
        ("武汉理工大学", "湖北大学", "长江大学"),
        ("武汉职业技术学院", "黄冈职业技术学院"),
    ),
    Province(
        "四川",
        "四川省",
        12,
        (
            County("成都市金堂县", "510121"),
            County("自贡市荣县", "510321"),
            County("德阳市中江县", "510623", 1983),
            County("达州市宣汉县", "511722", 2000, "513022"),
            County("南充市仪陇县", "511324", 1994, "512927"),
        ),
        ("西南交通大学", "四川师范大学", "成都理工大学"),
        ("四川工程职业技术学院", "成都航空职业技术学院"),
    ),
    Province(
        "湖南",
        "湖南省",
        9,
        (
            County("长沙市长沙县", "430121"),
            County("湘潭市湘潭县", "430321"),
            County("娄底市双峰县", "431321", 2000, "432521"),
            County("怀化市溆浦县", "431224", 1998, "433024"),
        ),
        ("湘潭大学", "长沙理工大学", "湖南师范大学"),
        ("长沙民政职业技术学院", "湖南铁道职业技术学院"),
    ),
    Province(
        "山东",
        "山东省",
        10,
        (
            County("菏泽市曹县", "371721", 2001, "372922"),
            County("临沂市费县", "371325", 1995, "372831"),
            County("滨州市博兴县", "371625", 2001, "372328"),
            County("潍坊市临朐县", "370724", 1983),
        ),
        ("山东科技大学", "青岛大学", "山东师范大学"),
        ("山东商业职业技术学院", "淄博职业学院"),
    ),
    Province(
        "浙江",
        "浙江省",
        6,
        (
            County("杭州市桐庐县", "330122"),
            County("杭州市淳安县", "330127"),
            County("温州市苍南县", "330327", 1981),
        ),
        ("浙江工业大学", "宁波大学"),
        ("金华职业技术学院", "浙江机电职业技术学院"),
    ),
    Province(
        "福建",
        "福建省",
        5,
        (
            County("福州市闽侯县", "350121"),
            County("宁德市古田县", "350922", 2000, "352227"),
            County("龙岩市上杭县", "350823", 1997, "352624"),
        ),
        ("福州大学", "华侨大学"),
        ("福建船政交通职业学院", "黎明职业大学"),
    ),
    Province(
        "陕西",
        "陕西省",
        5,
        (
            County("宝鸡市岐山县", "610323"),
            County("宝鸡市扶风县", "610324"),
            County("汉中市城固县", "610722", 1997, "612322"),
        ),
        ("西安理工大学", "长安大学"),
        ("陕西工业职业技术学院", "西安航空职业技术学院"),
    ),
    Province(
        "黑龙江",
        "黑龙江省",
        4,
        (
            County("哈尔滨市巴彦县", "230126", 1997, "232126"),
            County("绥化市望奎县", "231221", 2000, "232324"),
        ),
        ("哈尔滨理工大学", "黑龙江大学"),
        ("哈尔滨职业技术学院",),
    ),
    Province(
        "山西",
        "山西省",
        3,
        (County("太原市清徐县", "140121"), County("晋中市平遥县", "140728", 2000, "142431")),
        ("太原理工大学", "山西大学"),
        ("山西工程职业学院",),
    ),
    Province(
        "贵州",
        "贵州省",
        3,
        (County("黔南州瓮安县", "522725"), County("遵义市湄潭县", "520328", 1998, "522128")),
        ("贵州大学", "贵州师范大学"),
        ("贵州交通职业技术学院",),
    ),
)
BY_NAME = {province.name: province for province in PROVINCES}
WEIGHTS = tuple(province.weight for province in PROVINCES)

SHANGHAI = Province(
    "上海",
    "上海市",
    0,
    (County("黄浦区", "310101"), County("虹口区", "310109"), County("杨浦区", "310110"), County("普陀区", "310107")),
    ("上海大学", "东华大学", "上海理工大学", "华东理工大学"),
    ("上海工程技术大学高职学院", "上海电子信息职业技术学院"),
)

DISTRICTS = {
    "黄浦区": "310101",
    "徐汇区": "310104",
    "长宁区": "310105",
    "静安区": "310106",
    "普陀区": "310107",
    "虹口区": "310109",
    "杨浦区": "310110",
    "闵行区": "310112",
    "宝山区": "310113",
    "嘉定区": "310114",
    "浦东新区": "310115",
    "金山区": "310116",
    "松江区": "310117",
    "青浦区": "310118",
    "奉贤区": "310120",
}
_STREETS = {
    "闵行区": ("都市路", "莘松路", "沪闵路"),
    "宝山区": ("共康路", "菊泉街", "长江西路"),
    "嘉定区": ("博乐路", "金沙江西路", "曹安公路"),
    "浦东新区": ("张杨路", "周浦镇康沈路", "川沙路", "三林路"),
    "松江区": ("九亭大街", "文诚路", "新松江路"),
    "青浦区": ("徐泾镇盈港东路", "公园路"),
    "奉贤区": ("南桥镇环城东路", "望园路"),
    "普陀区": ("真光路", "万里街"),
    "徐汇区": ("漕宝路", "龙吴路"),
}


def home(rng: Random, district: str | None = None) -> tuple[str, str]:
    """A Shanghai district and an address in it."""
    where = district if district in _STREETS else rng.choice(tuple(_STREETS))
    street = rng.choice(_STREETS[where])
    return (
        where,
        f"{where}{street}{rng.randrange(20, 2000)}弄{rng.randrange(1, 60)}号"
        f"{rng.randrange(1, 12)}0{rng.randrange(1, 5)}室",
    )
