"""``python -m workbook_templates``: make the committed templates anew, one for each shipped scheme."""

from __future__ import annotations

from pathlib import Path

from calc.scheme import load_scheme, shipped
from workbook_templates.build import build_template
from workbook_templates.save import save_workbook

FOLDER = Path(__file__).parent / "templates"


def main() -> None:
    """Write ``templates/<organisation>/<contest>.xlsx`` for every shipped scheme."""
    for name in shipped():
        path = FOLDER / f"{name}.xlsx"
        path.parent.mkdir(parents=True, exist_ok=True)
        save_workbook(build_template(load_scheme(name).scheme), path)


if __name__ == "__main__":
    main()
