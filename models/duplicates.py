"""What makes two cases likely the same person, and how sure that is."""

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple, Self

from models.names import Named, phone_digits, readings, search_text

GROUNDS = ("id_number", "phone", "name", "pinyin", "called")  # the surest first


class Person(NamedTuple):
    """What two applicants are compared by, each as search keys are written; empty where it is not known."""

    id_number: str
    phone: str
    name: str
    called: str
    spoken: frozenset[str]

    @classmethod
    def of(cls, document: Mapping[str, Any]) -> Self:
        """The person an applicant document tells of. A Chinese name loads the pinyin tables, once."""
        named = Named.of(document)
        return cls(
            search_text(named.id_number),
            phone_digits(named.phone),
            search_text(named.name),
            search_text(named.called),
            readings(named.name),
        )

    def looked_up_by(self) -> Iterator[set[str]]:
        """Search keys one of which a likely duplicate has, ground by ground."""
        for keys in ({self.id_number}, {self.phone}, {self.name, self.called}, set(self.spoken)):
            if known := keys - {""}:
                yield known

    def grounds(self, other: "Person") -> tuple[str, ...]:
        """What the two have in common, the surest first; of the names only the nearest agreement."""
        names = {self.name, self.called} & {other.name, other.called} - {""}
        same_name = self.name != "" and self.name == other.name
        agreeing = {
            "id_number": self.id_number and self.id_number == other.id_number,
            "phone": self.phone and self.phone == other.phone,
            "name": same_name,
            "pinyin": not same_name and self.spoken & other.spoken,
            "called": not same_name and names,
        }
        return tuple(ground for ground in GROUNDS if agreeing[ground])
