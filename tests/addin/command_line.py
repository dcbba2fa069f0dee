"""``starscore`` as people and programs call it."""

from __future__ import annotations

from typer.testing import CliRunner

from addin.cli import app


def run(*words: object, answers: str = "") -> tuple[int, str, str]:
    """Exit code and what is printed for output and errors; an exception that gets out is a failure."""
    done = CliRunner().invoke(app, [str(word) for word in words], input=answers)
    assert done.exception is None or isinstance(done.exception, SystemExit), repr(done.exception)
    assert "Traceback" not in done.output
    return done.exit_code, done.stdout, done.stderr
