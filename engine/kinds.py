"""The kinds of value a fact can have: text, day, month, yuan, share, ID number, credit code.

Each kind refuses what is not exactly of it, with a code and what was expected; nothing is converted silently but
what a file format forces (a TOML date, a JSON text) and the cleaning of text (`engine.cleaning`).
"""

import re
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, PlainSerializer, PlainValidator, StrictBool
from pydantic_core import PydanticCustomError
from stdnum.cn import ric, uscc
from stdnum.exceptions import ValidationError as NumberError

from engine.cleaning import clean
from engine.months import Month

EARLIEST, LATEST = 1900, 2200
LONGEST_TEXT = 500
_ISO_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_ROW_ID = re.compile(r"[A-Za-z0-9_-]{1,32}", re.ASCII)
_PROVINCES = frozenset(
    "北京 天津 上海 重庆 河北 山西 辽宁 吉林 黑龙江 江苏 浙江 安徽 福建 江西 山东 河南 湖北 湖南 广东 海南 四川 贵州 "  # noqa: SIM905
    "云南 陕西 甘肃 青海 台湾 内蒙古 广西 西藏 宁夏 新疆 香港 澳门".split()
)
_PROVINCE_TAIL = re.compile(r"(维吾尔自治区|壮族自治区|回族自治区|特别行政区|自治区|省|市)$")


def fault(code: str, **values: Any) -> PydanticCustomError:
    """An error of the `reason.fact.*` catalogue."""
    return PydanticCustomError(code, code, values)


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise fault("text")
    cleaned = clean(value)
    if not cleaned:
        raise fault("empty")
    if len(cleaned) > LONGEST_TEXT:
        raise fault("too_long", most=LONGEST_TEXT)
    return cleaned


def _row_id(value: Any) -> str:
    if not isinstance(value, str) or not _ROW_ID.fullmatch(value):
        raise fault("row_id")
    return value


def _day(value: Any) -> date:
    if isinstance(value, str) and _ISO_DAY.fullmatch(value):
        try:
            value = date.fromisoformat(value)
        except ValueError:
            raise fault("day_impossible") from None
    if not isinstance(value, date) or isinstance(value, datetime):
        raise fault("day")
    if not EARLIEST <= value.year < LATEST:
        raise fault("year_range", least=EARLIEST, most=LATEST - 1)
    return value


def _month(value: Any) -> Month:
    if isinstance(value, Month):
        return value
    try:
        month = Month.parse(value) if isinstance(value, str) else None
    except ValueError:
        month = None
    if month is None:
        raise fault("month")
    if not EARLIEST <= month // 12 < LATEST:
        raise fault("year_range", least=EARLIEST, most=LATEST - 1)
    return month


def _whole(least: int, most: int) -> Any:
    def check(value: Any) -> int:
        if not isinstance(value, int) or isinstance(value, bool):
            raise fault("whole_number")
        if not least <= value <= most:
            raise fault("number_range", least=least, most=most)
        return value

    return BeforeValidator(check)


def _share(value: Any) -> Decimal:
    if isinstance(value, bool) or not isinstance(value, int | float | Decimal):
        raise fault("share")
    # str() of a float is its shortest exact spelling: 0.8 stays eight tenths
    share = Decimal(str(value))
    if not (share.is_finite() and 0 <= share <= 1):
        raise fault("share")
    _, digits, exponent = share.as_tuple()
    if len(digits) > 12 or (isinstance(exponent, int) and exponent < -12):  # of 1e-999999999 nothing can be reckoned
        raise fault("share_digits")
    return share


def _flag(value: Any) -> bool:
    if not isinstance(value, bool):
        raise fault("flag")
    return value


def known_province(text: str) -> str | None:
    """A province without 省 and 市: 上海市 is 上海. None where the text names none."""
    short = _PROVINCE_TAIL.sub("", text)
    return short if short in _PROVINCES else None


def province(text: str) -> str:
    """A province without 省 and 市. Other text (a country, a city) stays as it is."""
    return known_province(text) or text


def _province(value: Any) -> str:
    name = province(_text(value))
    # A misspelt province would silently turn months in Shanghai into months elsewhere
    if name not in _PROVINCES:
        raise fault("province")
    return name


def _id_number(value: Any) -> str:
    number = _text(value).upper().replace(" ", "")
    if not re.fullmatch(r"\d{17}[\dX]", number, re.ASCII):
        raise fault("id_number_form")
    try:
        born = ric.get_birth_date(number)
    except NumberError:
        raise fault("id_number_birth") from None
    if not EARLIEST <= born.year < LATEST:
        raise fault("id_number_birth")
    if ric.calc_check_digit(number) != number[-1]:
        raise fault("id_number_checksum", expected=ric.calc_check_digit(number))
    return number


def _uscc(value: Any) -> str:
    number = _text(value).upper().replace(" ", "")
    if not re.fullmatch(r"[0-9A-HJ-NPQRTUWXY]{18}", number, re.ASCII):
        raise fault("uscc_form")
    if uscc.calc_check_digit(number[:-1]) != number[-1]:
        raise fault("uscc_checksum")
    return number


def id_birth(number: str) -> date:
    """The birth date an ID number of 18 digits carries (GB 11643, digits 7 to 14)."""
    return date(int(number[6:10]), int(number[10:12]), int(number[12:14]))


def id_sex(number: str) -> str:
    """The sex an ID number carries (GB 11643: digit 17 is odd for a man)."""
    return "male" if int(number[16]) % 2 else "female"


@dataclass(frozen=True, slots=True)
class Masked:
    """Marks a type whose values are shown masked (`engine.masks`) until somebody asks for them whole."""

    what: Literal["id_number", "phone"]


Text = Annotated[str, BeforeValidator(_text)]
RowId = Annotated[str, BeforeValidator(_row_id)]
Day = Annotated[date, BeforeValidator(_day)]
MonthOf = Annotated[
    Month,
    PlainValidator(_month),
    PlainSerializer(str, return_type=str, when_used="json"),
    Field(json_schema_extra={"format": "month"}),
]
Flag = Annotated[StrictBool, BeforeValidator(_flag)]
Money = Annotated[int, _whole(0, 1_000_000_000_000), Field(json_schema_extra={"format": "yuan"})]
Count = Annotated[int, _whole(0, 1_000_000)]
Year = Annotated[int, _whole(EARLIEST, LATEST - 1)]
Share = Annotated[Decimal, BeforeValidator(_share), PlainSerializer(float, return_type=float, when_used="json")]
Province = Annotated[str, BeforeValidator(_province)]
Place = Annotated[str, BeforeValidator(lambda value: province(_text(value)))]
IdNumber = Annotated[str, BeforeValidator(_id_number), Masked("id_number")]
Phone = Annotated[str, BeforeValidator(_text), Masked("phone")]
CreditCode = Annotated[str, BeforeValidator(_uscc)]
