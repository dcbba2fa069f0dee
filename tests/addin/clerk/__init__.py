"""A tired clerk, Excel and WPS: what they do to a filled template, and what must come of it."""

import pytest

pytest.register_assert_rewrite("tests.addin.clerk.outcome")
