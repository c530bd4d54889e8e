"""From what a manager types to a value of the profile."""

import re
from fractions import Fraction

from calibration.records import UNKNOWN
from experiments.errors import InputError, did_you_mean
from experiments.profile.questions import Answer, Question
from model.sites import Site

ITEMS = re.compile(r"\s*\d+(\s*[,;\s]\s*\d+)*\s*")
RANGE = re.compile(r"(.+?)\s*(?:\bto\b|-|–)\s*(.+)")


def understood(question: Question, text: str) -> Answer:
    """Return the value that an answer stands for; nothing typed is the default.

    A number may be a fraction (3/14) or a percentage (20%); two make a range (0.2 to 0.4).

    Raises
    ------
    InputError
        If it is not allowed; the message says what is.
    """
    text = text.strip().strip("\"'")
    if not text:
        return question.default
    if question.name == "name":
        return text
    if question.name == "targets":
        return _items(question, text)
    if text in ("?", UNKNOWN):
        return _unknown(question)
    return question.meant(text) or _number_or_range(question, text)


def _items(question: Question, text: str) -> list[int]:
    text = text.strip("[]")
    if text in ("", "none"):
        return []
    found = sorted({int(number) for number in re.findall(r"\d+", text)}) if ITEMS.fullmatch(text) else [0]
    if not 1 <= found[0] <= found[-1] <= 39:
        raise InputError(f"{question.name} = {text}: give item numbers from 1 to 39, as in 3, 7, 12.")
    return found


def _unknown(question: Question) -> str:
    if not question.may_be_unknown:
        raise InputError(f"{question.name}: this has to be known. Allowed: {question.allowed}.")
    return UNKNOWN


def _number_or_range(question: Question, text: str) -> Answer:
    text = text.strip("[]").replace(",", " to ") if text.startswith("[") else text
    match = RANGE.fullmatch(text)
    if match is None:
        return _number(question, text)
    if not question.may_be_unknown:
        raise InputError(f"{question.name} = {text}: give one number. Allowed: {question.allowed}.")
    low, high = (_number(question, end) for end in match.groups())
    if low > high:
        raise InputError(f"{question.name} = {text}: write the lower end first.")
    return [low, high]


def _number(question: Question, text: str) -> int | float:
    try:
        value = float(Fraction(text.strip().rstrip("%").strip())) / (100.0 if "%" in text else 1.0)
    except (ValueError, ZeroDivisionError):
        hint = did_you_mean(text, question.words)
        raise InputError(
            f"{question.name} = {text}: not a number.{hint} Allowed: {question.allowed}."
        ) from None
    low, high = question.bounds or (value, value)
    if not low <= value <= high:
        raise InputError(f"{question.name} = {text}: allowed is {low:g} to {high:g}, {question.unit}.")
    if Site.model_fields[question.name].annotation is int:
        if not value.is_integer():
            raise InputError(f"{question.name} = {text}: give a whole number.")
        return int(value)
    return value
