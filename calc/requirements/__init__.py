"""Requirements: who is rated, and who may win. A scheme names one with ``kind``."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from calc.requirements.base import Outcome, Requirement, Verdict
from calc.requirements.compare import OPERATORS, Compare
from calc.requirements.condition import Condition
from calc.requirements.confirmed import NoEvent, Yes
from calc.requirements.grade import HasGrade
from calc.requirements.honours import HonoursHeld
from calc.requirements.nominated import Nominated
from calc.requirements.tenure import InPeriod, Tenure
from calc.requirements.top import Top

__all__ = [
    "OPERATORS",
    "AnyRequirement",
    "Compare",
    "Condition",
    "HasGrade",
    "HonoursHeld",
    "InPeriod",
    "NoEvent",
    "Nominated",
    "Outcome",
    "Requirement",
    "Tenure",
    "Top",
    "Verdict",
    "Yes",
]

AnyRequirement = Annotated[
    Tenure | InPeriod | NoEvent | Yes | Compare | HonoursHeld | HasGrade | Condition | Top | Nominated,
    Field(discriminator="kind"),
]
