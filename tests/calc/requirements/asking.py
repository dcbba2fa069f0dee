"""What a requirement asks, in words."""

from tests.calc.making import event, indicator, measure, requirement, scheme


def asked(kind: str, **keys: object) -> str:
    """The rule of one requirement, with labels in guillemets."""
    of = scheme(
        measure("x"), measure("y"), measure("since", "date"), measure("ok", "yes_no"),
        measure("unit", "text", missing="none"), measure("day", "date", missing="none"), event("e"),
        indicator("a", "given", of="x"), requirement("r", kind, **keys), *_grades(kind),
    )  # fmt: skip
    return of.requirement[0].rule(lambda name: f"《{name}》")


def _grades(kind: str) -> list[str]:
    return ['[[grade]]\nid = "good"\nlabel = "良"\nfrom = 80\n\n[[grade]]\nid = "fair"\nlabel = "中"\n'] * (
        kind == "grade"
    )
