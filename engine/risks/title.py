"""Risks of titles and skill grades: the months at the base, the post, the city (process 4 R15)."""

from engine.indicators.insurance import longest_window
from engine.indicators.title import NEED_BASE
from engine.insured import last_month
from engine.risks.found import Case, Looks, Risk, Unknown, because, remedy


def look(case: Case) -> Looks:
    """Each qualification that would earn."""
    scope, law = case.scope, case.law
    needed, window = law.figures["title.base_months"], law.figures["title.base_window"]
    for n, row in scope.qualification:
        figure = f"{row.kind}.{row.level}"
        if row.kind is None or row.level is None or not law.figures[figure]:
            continue
        path, grade = f"qualification.{n}", {"grade_word": f"grade.{figure}"}
        points = law.figures[figure]
        if row.matches_post is False:
            reason = because("title_mismatch", "post", **grade)
            paths = (f"{path}.matches_post",)
            yield Risk("title_mismatch", "high", reason, remedy("title_mismatch", "post"), paths, "title", points)
        if row.kind == "title" and row.while_in_shanghai is False:
            reason = because("title_mismatch", "elsewhere", **grade)
            paths = (f"{path}.while_in_shanghai",)
            yield Risk("title_mismatch", "high", reason, remedy("title_mismatch", "elsewhere"), paths, "title", points)
        if row.obtained is None:
            yield Unknown("title_base_short", (f"{path}.obtained",))
        elif figure in NEED_BASE and row.obtained <= case.on:
            seen = scope.insured.window(law, last_month(law, case.month), longest_window(law))
            have = seen.reaching(law.figures["title.base_tenths"], window).months
            if have < needed:
                reason = because("title_base_short", **grade, have=have, need=needed, window=window)
                remedied = remedy("title_base_short", months=needed - have)
                yield Risk("title_base_short", "high", reason, remedied, (path, "insurance"), "title", points)
