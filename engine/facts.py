"""Applicant and its parts: the one model behind the file, the form on the screen and the stored case.

Every key is optional; left out means *not known*, never zero or no. What is there is right: see `engine.kinds` for the
kinds of value and `engine.contradictions` for facts that do not agree. Money is whole
yuan, months are `2015-07`, days are ISO.
"""

from datetime import date
from typing import Annotated, Final, Literal, Self, TypeVar

from pydantic import BaseModel, ConfigDict, Field, ValidationInfo, model_validator

from engine import bounds
from engine.contradictions import contradictions
from engine.kinds import (
    Count,
    CreditCode,
    Day,
    Flag,
    IdNumber,
    Money,
    MonthOf,
    Phone,
    Place,
    Province,
    RowId,
    Share,
    Text,
    Year,
    fault,
    id_birth,
)

KINDS_ALONE: Final = "kinds alone"
_Each = TypeVar("_Each")
Rows = Annotated[list[_Each], Field(max_length=bounds.ROWS)]
Monthly = Annotated[list[_Each], Field(max_length=bounds.MONTHLY_ROWS)]  # with a row a month, as some keep it
Evidence = Literal["claimed", "received", "verified", "rejected"]
Indicator = Literal[
    "age",
    "education",
    "title",
    "insurance_years",
    "contribution_base",
    "shortage_specialty",
    "investment",
    "talent",
    "public_service",
    "suburb",
    "fresh_graduate",
    "award",
    "spouse",
    "false_materials",
    "detention",
    "sentence",
]


class Part(BaseModel):
    """A group of facts. An unknown key is an error."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Row(Part):
    """A repeated group. Its `id` is made when it is stored; the rules ignore it."""

    id: RowId | None = None


class EvidencedRow(Row):
    """A row that papers can prove. `verified` counts as proven, `rejected` for nothing; left out it is claimed."""

    evidence: Evidence | None = None


class Contact(Part):
    """How the applicant is reached, and consent to the keeping of personal data."""

    called: Text | None = None
    phone: Phone | None = None
    wechat: Text | None = None
    email: Text | None = None
    source: Text | None = None
    consent: Day | None = None


class Hukou(Part):
    """户籍: where the household is registered."""

    province: Province | None = None
    address: Text | None = None
    kind: Literal["urban", "rural", "collective"] | None = None
    same_as_id_card: Flag | None = None


class Permit(Part):
    """上海市居住证, its present term and the home it rests on."""

    number: Text | None = None
    kind: Literal["permit", "temporary", "registration_only"] | None = None
    first_issued: Day | None = None
    issued: Day | None = None
    collected: Day | None = None
    valid_until: Day | None = None
    address: Text | None = None
    housing: Literal["own", "lease", "dormitory", "relative"] | None = None
    lease_registered_until: Day | None = None


class HR(Row):
    """经办人: the employer's registered contact, who files the application."""

    name: Text | None = None
    phone: Phone | None = None
    id_number: IdNumber | None = None


class Employment(Part):
    """The employer who would apply, and the present contract."""

    employer: Text | None = None
    uscc: CreditCode | None = None
    kind: (
        Literal["company", "branch", "public_institution", "ngo", "sole_trader", "liaison_office", "agency"] | None
    ) = None
    district: Text | None = None
    registered_in_shanghai: Flag | None = None
    points_account: Literal["unknown", "unregistered", "registered", "active", "locked", "not_eligible"] | None = None
    post: Text | None = None
    contract_from: Day | None = None
    contract_until: Day | None = None
    open_ended: Flag | None = None
    dispatched: Flag | None = None
    post_matches_major: Flag | None = None
    hr: Rows[HR] = []


class Contract(Row):
    """Another contract, earlier or later than the present one."""

    employer: Text | None = None
    from_: Day | None = Field(default=None, alias="from")
    to: Day | None = None


class Work(Row):
    """工作经历, spells of unemployment included."""

    unit: Text | None = None
    place: Place | None = None
    from_: Day | None = Field(default=None, alias="from")
    to: Day | None = None
    unemployed: Flag | None = None


class Education(EvidencedRow):
    """One stage of schooling, from high school on."""

    level: Literal["high_school", "secondary_vocational", "associate", "bachelor", "master", "doctor"] | None = None
    degree: Literal["none", "bachelor", "master", "doctor"] | None = None
    form: Literal["full_time", "adult", "self_study", "online", "open", "overseas", "unknown"] | None = None
    school: Text | None = None
    place: Place | None = None
    centre: Text | None = None
    enrolled: Day | None = None
    graduated: Day | None = None
    major: Text | None = None
    shortage_major: Flag | None = None
    certificate_no: Text | None = None
    degree_no: Text | None = None
    chsi: Literal["found", "not_found", "not_checked"] | None = None
    report_valid_until: Day | None = None


class Qualification(EvidencedRow):
    """职称 or 技能等级. A title's levels are words, a skill's are grades 5 (lowest) to 1."""

    kind: Literal["title", "skill"] | None = None
    level: Literal["junior", "intermediate", "senior", "5", "4", "3", "2", "1"] | None = None
    name: Text | None = None
    obtained: Day | None = None
    while_in_shanghai: Flag | None = None
    matches_post: Flag | None = None
    by: Literal["exam", "review"] | None = None
    issuer: Text | None = None
    certificate_no: Text | None = None
    hired_from: Day | None = None


class Insurance(EvidencedRow):
    """Consecutive months of social insurance at one base (yuan a month). Without `to` it is still being paid."""

    from_: MonthOf | None = Field(default=None, alias="from")
    to: MonthOf | None = None
    base: Money | None = None
    employer: Text | None = None
    province: Province | None = None
    pay_kind: Literal["normal", "back_paid", "topped_up", "exempt", "deferred"] | None = None
    seen_until: MonthOf | None = None
    approximate: Flag | None = None
    payer_matches_contract: Flag | None = None
    tax_matches: Flag | None = None


class Tax(EvidencedRow):
    """Individual income tax as declared; `income` is yuan a month."""

    from_: MonthOf | None = Field(default=None, alias="from")
    to: MonthOf | None = None
    payer: Text | None = None
    income: Money | None = None
    filed: Literal["normal", "late", "corrected", "zero"] | None = None


class Investment(EvidencedRow):
    """One calendar year of one company: the applicant's share (0 to 1), tax the company paid (yuan), local staff."""

    company: Text | None = None
    year: Year | None = None
    share: Share | None = None
    tax_paid: Money | None = None
    local_staff: Count | None = None


class Service(EvidencedRow):
    """Work in a field or an area that earns by years of service."""

    kind: Literal["public", "suburb", "lingang"] | None = None
    from_: Day | None = Field(default=None, alias="from")
    to: Day | None = None
    lives_there: Flag | None = None


class Talent(EvidencedRow):
    """创业人才 or 创新创业中介服务人才, while recognised."""

    kind: Literal["entrepreneur", "intermediary"] | None = None
    from_: Day | None = Field(default=None, alias="from")
    to: Day | None = None


class Award(EvidencedRow):
    """表彰奖励."""

    level: Literal["municipal_special", "municipal_general", "provincial"] | None = None
    granted: Day | None = None
    while_in_shanghai: Flag | None = None


class Spouse(Part):
    """The spouse, and whether they hold Shanghai hukou."""

    name: Text | None = None
    id_number: IdNumber | None = None
    married: Day | None = None
    shanghai_hukou: Flag | None = None
    evidence: Evidence | None = None


class Child(EvidencedRow):
    """A child, for whose school the points are wanted. The grade follows from `entered_primary`."""

    name: Text | None = None
    id_number: IdNumber | None = None
    birth_date: Day | None = None
    lives_together: Flag | None = None
    entered_primary: Year | None = None
    kindergarten: Flag | None = None
    school: Text | None = None
    benefits: Flag | None = None
    permit_valid_until: Day | None = None
    study_proof_until: Day | None = None

    @property
    def born(self) -> date | None:
        """The birth date the facts give: as written, else from the ID number."""
        return self.birth_date or (id_birth(self.id_number) if self.id_number else None)


class Offence(EvidencedRow):
    """What is deducted, or vetoes."""

    kind: Literal["false_materials", "detention", "sentence", "serious_crime"]
    date: Day


class Archive(Part):
    """人事档案."""

    location: Literal["shanghai_centre", "hukou_centre", "school", "employer", "self", "unknown", "lost"] | None = None
    holder: Text | None = None
    number: Text | None = None
    arrived: Day | None = None


class Notice(Part):
    """积分通知书 in force."""

    number: Text | None = None
    issued: Day | None = None
    valid_until: Day | None = None
    score: Count | None = None
    employer: Text | None = None
    members: Rows[Text] = []


class Applicant(Part):
    """The facts of one applicant (持证人)."""

    name: Text | None = None
    id_number: IdNumber | None = None
    birth_date: Day | None = None
    birth_year: Year | None = None
    sex: Literal["male", "female"] | None = None
    ethnic_group: Text | None = None
    marital_status: Literal["single", "married", "divorced", "widowed"] | None = None
    claims: Rows[Indicator] | None = None
    schooling_complete: Flag | None = None
    contact: Contact | None = None
    hukou: Hukou | None = None
    permit: Permit | None = None
    employment: Employment | None = None
    contract: Rows[Contract] = []
    work: Rows[Work] = []
    education: Rows[Education] = []
    qualification: Rows[Qualification] = []
    insurance: Monthly[Insurance] = []
    tax: Monthly[Tax] = []
    investment: Rows[Investment] = []
    service: Rows[Service] = []
    talent: Rows[Talent] = []
    award: Rows[Award] = []
    spouse: Spouse | None = None
    child: Rows[Child] = []
    offence: Rows[Offence] = []
    archive: Archive | None = None
    notice: Notice | None = None

    @property
    def born(self) -> date | None:
        """The birth date the facts give: as written, else from the ID number, else 1 January of the birth year."""
        if self.birth_date:
            return self.birth_date
        if self.id_number:
            return id_birth(self.id_number)
        return date(self.birth_year, 1, 1) if self.birth_year else None

    @model_validator(mode="after")
    def _agrees(self, info: ValidationInfo) -> Self:
        # Whoever builds an Applicant gets one without contradictions. `engine.document`, which tells every
        # contradiction by its key, asks for the kinds of value alone and looks for itself.
        if info.context != KINDS_ALONE and next(contradictions(self), None):
            raise fault("contradiction")
        return self
