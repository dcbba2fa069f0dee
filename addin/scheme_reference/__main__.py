"""``python -m addin.scheme_reference`` writes docs/schemes.md anew."""

from pathlib import Path

from addin.scheme_reference.page import scheme_page

(Path(__file__).parents[2] / "docs" / "schemes.md").write_text(scheme_page(), encoding="utf-8")
