"""What somebody typed into a form, and what is wrong with it.

Invariant: a form that is refused comes back with all that was typed, but for passwords, and says beside each field what
is wrong with it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from app.errors import NameRefused, NameTaken, PasswordRefused, ServiceError
from app.web.errors import readable
from app.web.strings import t

Model = TypeVar("Model", bound=BaseModel)

#: What is never written into a page.
_SECRET = frozenset({"password", "current", "new"})


@dataclass(frozen=True)
class Form:
    """A form as it is shown.

    Attributes:
        values: what its fields hold.
        errors: what is wrong, by field; of the form as a whole under the empty name.
        status: of the response that shows it.
    """

    values: Mapping[str, str] = field(default_factory=dict)
    errors: Mapping[str, str] = field(default_factory=dict)
    status: int = 200


def checked(model: type[Model], typed: Mapping[str, Any]) -> Model | Form:
    """What was typed, as ``model``; or the form again. Fields that are empty count as left out."""
    given = {name: value for name, value in typed.items() if value}
    try:
        return model.model_validate(given)
    except ValidationError as error:
        errors = {str(fault["loc"][0]) if fault["loc"] else "": _said(fault) for fault in reversed(error.errors())}
        return Form(_kept(typed), errors, 422)


def refused(typed: Mapping[str, str], error: ServiceError, *, password: str = "password") -> Form:  # noqa: S107
    """The form again, after what it asks for was refused; ``password`` is its field for a new one."""
    match error:
        case NameTaken():
            place = str(error.extra["place"])
        case NameRefused():
            place = "name"
        case PasswordRefused():
            place = password
        case _:
            place = ""
    return Form(_kept(typed), {place if place in typed else "": readable(error.detail)}, error.status)


def _kept(typed: Mapping[str, str]) -> dict[str, str]:
    return {name: value for name, value in typed.items() if name not in _SECRET}


def _said(fault: Mapping[str, Any]) -> str:
    """What is wrong with one field, in words for whoever filled it in."""
    match fault["type"]:
        case "missing":
            return t("field-missing")
        case "string_too_long":
            return t("field-too-long", most=int(fault["ctx"]["max_length"]))
        case "string_pattern_mismatch":
            return t("field-characters")
        case "value_error" if fault["loc"] == ("email",):
            return t("field-email")
    return str(fault["msg"])
