"""``python -m addin.scheme_reference`` writes docs/schemes.md anew."""

from pathlib import Path

from addin.scheme_reference.page import scheme_page
from workbook_templates.save import save_bytes

save_bytes(scheme_page().encode(), Path(__file__).parents[2] / "docs" / "schemes.md")
