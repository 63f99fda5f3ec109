"""Examinations in words, one way wherever they are named."""

from __future__ import annotations

from engine.exams import Exam
from engine.words import word


def exam_name(exam: Exam, language: str) -> str:
    """An examination with its year, and that its days are forecast: `中考 2028（预计）`."""
    forecast = word("exam.forecast", language) if exam.forecast_from is not None else ""
    return f"{word(f'exam.{exam.kind}', language)} {exam.year}{forecast}"
